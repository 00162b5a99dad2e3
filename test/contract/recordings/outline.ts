import { XMLParser } from 'fast-xml-parser'

/** The types of each property by its path, e.g. `value[].sku.name`: `string`, or `null string` where both were seen. */
export type Outline = Readonly<Record<string, string>>

/** Names are somebody's own below these: `tags.*`. */
const maps = new Set(['tags', 'parameters', 'userAssignedIdentities', 'Metadata', 'OrMetadata'])

/** What stands in these is somebody's own altogether. */
const open = new Set(['policyRule', 'metadata', 'release_policy', 'template'])

/** The closed words that say the same for everybody. No other value of a recording is kept. */
const words =
  /(^|\.)(type|provisioningState|state|code|kty|recoveryLevel|principalType|createdByType|bypass|registrationPolicy)$/

/** The paths and types of a body, JSON or XML; empty for none, and for one that is neither. */
export function outlineOf(body: string): Outline {
  const found = new Map<string, Set<string>>()
  walk(readBody(body), '', (at, type) => found.set(at, (found.get(at) ?? new Set()).add(type)))
  return Object.fromEntries([...found].map(([at, types]) => [at, [...types].toSorted().join(' ')]))
}

/** What the closed words of a body were, by path. */
export function wordsOf(body: string): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, Set<string>>()
  walk(readBody(body), '', (at, _type, value) => {
    if (words.test(at) && typeof value === 'string' && /^[\w./+-]+$/.test(value))
      found.set(at, (found.get(at) ?? new Set()).add(value))
  })
  return Object.fromEntries([...found].map(([at, values]) => [at, [...values].toSorted()]))
}

/** The error code, wherever the service puts it. */
export function codeOf(body: string): string | undefined {
  const given = readBody(body)
  const { error, Error: xmlError } = objectOf(given)
  const code = [objectOf(error)['code'], objectOf(xmlError)['Code'], objectOf(given)['code']].find(
    (each) => typeof each === 'string'
  )
  return typeof code === 'string' ? code : undefined
}

function readBody(body: string): unknown {
  const text = body.replace(/^\uFEFF/, '').trim()
  if (/^<(!doctype )?html/i.test(text)) return undefined
  try {
    return text.startsWith('<') ? xml.parse(text) : JSON.parse(text)
  } catch {
    return undefined
  }
}

type Seen = (at: string, type: string, value: unknown) => void

function walk(value: unknown, at: string, seen: Seen): void {
  if (at !== '' && value !== undefined) seen(at, typeOf(value), value)
  if (Array.isArray(value)) for (const each of value as readonly unknown[]) walk(each, `${at}[]`, seen)
  else if (typeof value === 'object' && value !== null) walkObject(value, at, seen)
}

function walkObject(value: object, at: string, seen: Seen): void {
  const name = at.split('.').at(-1) ?? ''
  if (open.has(name)) return
  for (const [each, inner] of Object.entries(value)) {
    if (maps.has(name)) seen(`${at}.*`, typeOf(inner), undefined)
    else walk(inner, at === '' ? each : `${at}.${each}`, seen)
  }
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value)

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const xml = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: (name) => ['Blob', 'BlobPrefix'].includes(name)
})
