import table from './harmless-definitions.json' with { type: 'json' }
import { lazily } from '../lazily.ts'
import { isGlobal, lastOf } from './policy-definitions.ts'

/**
 * What is known of Azure's own definitions without reading them, by id and by the major version that is pinned; one that is newer
 * than the table is not known. The table is made by `npm run policies` of https://github.com/Azure/azure-policy.
 */
export const isKnownHarmless = (id: string, version: string | undefined): boolean => isIn('harmless', id, version)

/** The effect where an assignment says none, of those that then only report. */
export const usualEffect = (id: string, version: string | undefined): string | undefined =>
  isIn('reporting', id, version) ? 'audit' : undefined

/** The parameter that its effect is taken from. */
export const effectParameter = (id: string): string =>
  (isGlobal(id) && new Map(Object.entries(table.effectParameters)).get(digitsOf(lastOf(id)))) || 'effect'

type Kind = 'harmless' | 'reporting'

function isIn(kind: Kind, id: string, version: string | undefined): boolean {
  const major = isGlobal(id) ? majors(kind).get(digitsOf(lastOf(id))) : undefined
  const pinned = Number(version?.split('.', 1)[0] ?? 0)
  return major !== undefined && !(pinned > major)
}

const majors = lazily<ReadonlyMap<string, number>>(
  (kind) => new Map(Object.entries<string>(table[kind as Kind]).flatMap(idsOf)) // of nothing but kinds
)

/** Ids stand there one after the other, without hyphens and whole: the beginnings of some are the same. */
const idsOf = ([major, ids]: [string, string]) => (ids.match(/.{32}/g) ?? []).map((id) => [id, Number(major)] as const)

const digitsOf = (name: string): string => name.replaceAll('-', '')
