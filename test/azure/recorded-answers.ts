import type { Pair } from '../contract/recordings/recorded.ts'

/** An answer as it was recorded, as far as facts tell it, and what is special of it. */
export interface RecordedAnswer {
  readonly how: string
  readonly answer: unknown
}

/** Whole, with nothing that some answers lacked, and with null wherever that was recorded. */
export function answersOf({ body, words }: Pair): RecordedAnswer[] {
  const paths = Object.entries(body)
  const made = (how: string, chosen: readonly (readonly [string, string])[], type: (types: string[]) => string) => {
    const root: Node = {}
    for (const [at, types] of chosen)
      put(root, at.split('.'), valueOf(at, type(types.replace('?', '').split(' ')), words))
    return { how, answer: root }
  }
  const first = (types: readonly string[]) => types.find((type) => type !== 'null') ?? 'null'
  const nulls = (types: readonly string[]) => types.find((type) => type === 'null') ?? first(types)
  const always = paths.filter(([at]) => !paths.some(([above, types]) => types.endsWith('?') && isAtOrIn(at, above)))
  return [made('whole', paths, first), made('with what each had', always, first), made('with nulls', paths, nulls)]
}

type Node = Record<string, unknown>

const isAtOrIn = (at: string, above: string): boolean =>
  at === above || at.startsWith(`${above}.`) || at.startsWith(`${above}[]`)

/** What lies in a null is not there; `value[]` is the one entry of the list `value`. */
function put(node: Node, [part = '', ...rest]: readonly string[], value: unknown): void {
  const depth = part.split('[]').length - 1
  const name = part.replaceAll('[]', '')
  if (rest.length === 0 && depth === 0) node[name] ??= value
  else if (depth > 0) putInList(node, name, { rest, value })
  else if (isNode(node[name])) put(node[name], rest, value)
}

function putInList(node: Node, name: string, { rest, value }: { rest: readonly string[]; value: unknown }): void {
  const list = node[name]
  if (!Array.isArray(list)) return
  if (rest.length === 0) list[0] ??= value
  else if (isNode(list[0])) put(list[0], rest, value)
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

function valueOf(at: string, type: string, words: Pair['words']): unknown {
  if (type === 'null') return null
  if (type === 'list') return []
  if (type === 'object') return {}
  if (type === 'boolean') return true
  if (type === 'number') return 1_790_000_000
  const name = at.split('.').at(-1) ?? ''
  return words[at]?.[0] ?? forms[name] ?? (/(On|At|Date|Time)$/.test(name) ? '2026-11-23T17:00:00Z' : 'text')
}

/** Some texts have a form of their own. */
const forms: Readonly<Record<string, string>> = {
  id: '/subscriptions/8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/some-vault',
  kid: `https://some-vault.vault.azure.net/keys/k/${'0'.repeat(32)}`
}
