import type { PlannedWrite } from './planned-write.ts'
import { isList, unsure, type Value } from './unsure.ts'

/** What a `field` selects: one value, which may be absent, or those of an array (`[*]`). */
export interface Selected {
  readonly values: readonly Value[]
  readonly isCollection: boolean
}

/** Reads the fields of one write; an array's member that is being counted stands in for all of that array. */
export interface Fields {
  readonly write: PlannedWrite
  readonly member?: { readonly alias: string; readonly value: Value }
  /** Fields that are taken for unsure: tells which ones decide. Lower case. */
  readonly hidden?: (field: string) => boolean
}

/**
 * What the resource has of a field; absent for an alias of another type.
 * https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#fields
 */
export function selected(name: string, fields: Fields): Selected {
  const { write, member, hidden } = fields
  const field = name.trim()
  if (hidden?.(field.toLowerCase()) === true) return one(unsure)
  if (member && field.toLowerCase().startsWith(member.alias.toLowerCase()))
    return along(field.slice(member.alias.length).replace(/^\./, ''), [member.value], true)
  if (!field.includes('/') || /^tags\b/i.test(field)) return one(plain(field, write))
  const isOwn = field.toLowerCase().startsWith(`${write.type.toLowerCase()}/`)
  const path = isOwn ? field.slice(write.type.length + 1) : ''
  const isCollection = field.includes('[*]')
  // What has a further slash is an alias of a child's type.
  if (!isOwn || path.includes('/')) return { values: isCollection ? [] : [undefined], isCollection }
  return along(path, [write.properties], isCollection)
}

const one = (value: Value): Selected => ({ values: [value], isCollection: false })

function plain(field: string, write: PlannedWrite): Value {
  const tag = tagIn(field)
  if (tag !== undefined) return propertyOf(write.tags, tag)
  const { type, id, name, fullName, location, tags, identity } = write
  const known: Readonly<Record<string, Value>> = {
    type,
    id,
    name,
    fullname: fullName,
    // Of what has none Azure may say `global`, or nothing:
    // https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule#fields
    location: location ?? unsure,
    tags,
    kind: undefined,
    'identity.type': identity
  }
  return field.toLowerCase() in known ? known[field.toLowerCase()] : unsure
}

/** `tags.NAME`, `tags[NAME]`, `tags['NAME']`, and three apostrophes around a name that has some itself. */
function tagIn(field: string): string | undefined {
  const inBrackets = /^tags\[(.*)\]$/is.exec(field)?.[1]
  if (inBrackets === undefined) return /^tags\.(.+)$/is.exec(field)?.[1]
  return inBrackets.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'")
}

function along(path: string, from: readonly Value[], isCollection: boolean): Selected {
  let values = from
  for (const step of path.split('.').filter((each) => each !== '')) {
    const name = step.replaceAll('[*]', '')
    values = values.map((value) => (name === '' ? value : propertyOf(value, name)))
    if (step.includes('[*]')) values = values.flatMap((value) => (isList(value) ? value : []))
  }
  return { values, isCollection }
}

/** Azure finds properties in any case. */
export function propertyOf(value: Value, name: string): Value {
  if (value === unsure) return unsure
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}
