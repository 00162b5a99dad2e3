import type { Facts } from '../contract/facts.ts'

/** What is said in place of one property that need not be there, or of one word that may be another. */
export interface Variation {
  /** e.g. `/properties/sku/name` */
  readonly place: string
  readonly how: How
  readonly answer: unknown
}

type How = 'absent' | 'null' | 'in capital letters' | 'in small letters' | 'another word'

/**
 * Answers of the type that the facts describe, each but for one property as Azure gives it: what is not required is absent or
 * null, and words of an enumeration come in other capitals, or are ones that no client knows yet.
 */
export function variationsOf(facts: Facts, type: string): Variation[] {
  const whole = sampleOf(facts, type)
  return placesOf(facts, type).flatMap(({ path, isOptional, words }) => [
    ...(isOptional ? [said(whole, path, 'absent', undefined), said(whole, path, 'null', null)] : []),
    ...(words === undefined
      ? []
      : [
          said(whole, path, 'in capital letters', words[0]?.toUpperCase()),
          said(whole, path, 'in small letters', words[0]?.toLowerCase()),
          said(whole, path, 'another word', 'NewerThanWeAre')
        ])
  ])
}

export function sampleOf(facts: Facts, type: string): unknown {
  const name = type.replace(/!$/, '')
  if (name.endsWith('[]')) return [sampleOf(facts, name.slice(0, -2))]
  const [word] = facts.enums[name] ?? []
  if (word !== undefined) return word
  const shape = facts.shapes[name]
  if (!shape) return primitives[name] ?? {}
  // Where the next page is, is a question of its own.
  const parts = Object.entries(shape).filter(([part]) => part !== 'nextLink')
  return Object.fromEntries(parts.map(([part, each]) => [part, valueAt(part, sampleOf(facts, each))]))
}

/** Some texts have a form of their own. */
const valueAt = (part: string, value: unknown): unknown => forms[part] ?? value

const vault =
  '/subscriptions/8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/some-vault'
const forms: Readonly<Record<string, unknown>> = {
  id: vault,
  kid: `https://some-vault.vault.azure.net/keys/k/${'0'.repeat(32)}`
}

const primitives: Readonly<Record<string, unknown>> = {
  string: 'text',
  uuid: '8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02',
  boolean: true,
  integer: 7,
  number: 7,
  unixtime: 1_790_000_000,
  'date-time': '2026-11-23T17:00:00Z',
  base64url: 'AQAB',
  map: { tag: 'value' },
  object: { if: {} }
}

interface Place {
  readonly path: readonly string[]
  readonly isOptional: boolean
  readonly words: readonly string[] | undefined
}

function placesOf(facts: Facts, type: string): Place[] {
  const name = type.replace(/!$/, '')
  if (name.endsWith('[]'))
    return placesOf(facts, name.slice(0, -2)).map((each) => ({ ...each, path: ['0', ...each.path] }))
  const shape = facts.shapes[name] ?? {}
  return Object.entries(shape).flatMap(([part, each]) => {
    const words = facts.enums[each.replace(/!$/, '')]
    const here = { path: [part], isOptional: !each.endsWith('!'), words }
    return [here, ...placesOf(facts, each).map((inner) => ({ ...inner, path: [part, ...inner.path] }))]
  })
}

function said(whole: unknown, path: readonly string[], how: How, value: unknown): Variation {
  return { place: `/${path.join('/')}`, how, answer: changed(whole, path, value) }
}

function changed(whole: unknown, [part, ...rest]: readonly string[], value: unknown): unknown {
  if (part === undefined) return value
  if (Array.isArray(whole)) return whole.map((each: unknown) => changed(each, rest, value))
  const { [part]: inner, ...others } = Object(whole) as Readonly<Record<string, unknown>>
  const made = changed(inner, rest, value)
  return made === undefined ? others : { ...others, [part]: made }
}
