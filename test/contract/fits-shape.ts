import type { Facts } from './facts.ts'

/**
 * What is wrong with a value of a type of the facts: `string`, `uuid`…, a shape, an enumeration, `…[]` of any of
 * them, `…!` where it must be there. Where it need not, null counts as absent: Key Vault ends its lists with
 * `nextLink: null`, whatever its definition says.
 */
export function faultsOfValue(facts: Facts, value: unknown, type: string, at: string): string[] {
  const isRequired = type.endsWith('!')
  const name = isRequired ? type.slice(0, -1) : type
  if (value === undefined || value === null) return isRequired ? [`${at} is missing`] : []
  if (name.endsWith('[]')) return faultsOfList(facts, value, name.slice(0, -2), at)
  const primitive = primitives[name]
  if (primitive) return primitive(value) ? [] : [`${at} is no ${name}: ${JSON.stringify(value)}`]
  const words = facts.enums[name]
  if (words)
    return typeof value === 'string' && words.includes(value)
      ? []
      : [`${at} is none of ${name}: ${JSON.stringify(value)}`]
  const shape = facts.shapes[name]
  if (!shape) return [`${at} has the type ${name}, which the facts do not have`]
  return faultsOfObject(facts, value, shape, at)
}

function faultsOfList(facts: Facts, value: unknown, type: string, at: string): string[] {
  if (!Array.isArray(value)) return [`${at} is no list`]
  return value.flatMap((each: unknown, index) => faultsOfValue(facts, each, type, `${at}[${String(index)}]`))
}

function faultsOfObject(facts: Facts, value: unknown, shape: Readonly<Record<string, string>>, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`]
  const given: Readonly<Record<string, unknown>> = { ...value }
  const strange = Object.keys(given)
    // Every list may have a next page: `x-ms-pageable` stands beside the operations, not in the shapes.
    .filter((name) => !(name in shape) && !(name === 'nextLink' && 'value' in shape))
    .map((name) => `${at}.${name} is not Azure's`)
  const known = Object.entries(shape).flatMap(([name, type]) =>
    faultsOfValue(facts, given[name], type, `${at}.${name}`)
  )
  return [...strange, ...known]
}

const isText =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value)

const primitives: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => Number.isFinite(value),
  unixtime: (value) => Number.isInteger(value) && Number(value) > 0,
  boolean: (value) => typeof value === 'boolean',
  uuid: isText(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  'date-time': isText(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/),
  base64url: isText(/^[A-Za-z0-9_-]+$/),
  byte: isText(/^[A-Za-z0-9+/]+={0,2}$/),
  etag: isText(/^"[^"]+"$/),
  rfc1123: isText(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/),
  /** Open-ended: rules, and parameters by their own names. */
  object: (value) => typeof value === 'object' && !Array.isArray(value),
  map: (value) => typeof value === 'object' && Object.values(value ?? {}).every((each) => typeof each === 'string')
}
