import type { AccessPolicy, Vault } from '../resources/vault.ts'
import type { Choices } from '../terms/choices.ts'
import type { Slot } from '../terms/evidence.ts'
import type { Workload } from '../terms/workloads.ts'
import { sameText } from '../terms/same-text.ts'

export type PermissionsObserved = Pick<Vault, 'name' | 'accessPolicies'>

/** A compound identity is another than the principal itself. */
export interface PermissionsExpected {
  readonly authorization: Choices['authorization']
  readonly slot: Slot
  /** In the names of roles; `…` where nobody knows it. */
  readonly namePrefix: string
  readonly workload: Workload
  /** Object ids of the slot's key vault administrators (R33). Undefined: nobody named them, for a vault that others made. */
  readonly administrators: readonly string[] | undefined
  /** Those who may be taken for one where nobody named them; undefined: anybody. */
  readonly known?: readonly string[] | undefined
  readonly servicePrincipalObjectId: string
  readonly slotIdentityObjectId: string
  /** Others made the vault: the app backs its keys up and makes none. */
  readonly adopted: boolean
}

/** Key permissions of one principal, lower case, over all its entries. */
export const keysOf = ({ accessPolicies }: PermissionsObserved, objectId: string): Set<string> =>
  new Set(
    accessPolicies
      .filter((entry) => sameText(whoOf(entry), objectId))
      .flatMap(({ keys }) => keys.map((key) => key.toLowerCase()))
  )

/** What they have for sure: what an entry may not give is nobody's to count on. */
export const firmKeysOf = ({ name, accessPolicies }: PermissionsObserved, objectId: string): Set<string> =>
  keysOf({ name, accessPolicies: accessPolicies.filter(({ doubt }) => doubt === undefined) }, objectId)

export function has(observed: PermissionsObserved, objectId: string, wanted: readonly string[]): boolean {
  const keys = firmKeysOf(observed, objectId)
  return areWithin(observed, objectId, wanted) && wanted.every((key) => keys.has(key.toLowerCase()))
}

export const areWithin = (observed: PermissionsObserved, objectId: string, wanted: readonly string[]): boolean =>
  [...keysOf(observed, objectId)].every((key) => wanted.some((each) => sameText(each, key)))

export const keysText = (observed: PermissionsObserved, objectId: string): string =>
  [[...firmKeysOf(observed, objectId)].join(', '), ...doubted(observed, objectId)].filter(Boolean).join('; ') ||
  'nothing'

const doubted = ({ accessPolicies }: PermissionsObserved, objectId: string): string[] =>
  accessPolicies.flatMap((entry) =>
    entry.doubt !== undefined && sameText(whoOf(entry), objectId)
      ? [`${entry.keys.map((key) => key.toLowerCase()).join(', ') || 'no keys'} ${entry.doubt}`]
      : []
  )

function holdersOf(observed: PermissionsObserved, any: readonly string[]): string[] {
  const ids = new Set(observed.accessPolicies.map((entry) => whoOf(entry).toLowerCase()))
  return [...ids].filter((id) => any.some((key) => keysOf(observed, id).has(key)))
}

export const destroyers = (observed: PermissionsObserved): string[] => holdersOf(observed, ['delete', 'purge', 'all'])

export const wrappers = (observed: PermissionsObserved): string[] =>
  holdersOf(observed, ['wrapkey', 'unwrapkey', 'all'])

/** What somebody may do with one key of the vault is not what they may do with the vault. */
export function whoOf({ objectId, applicationId, within }: AccessPolicy): string {
  if (within !== undefined) return `${objectId} on ${within}`
  return applicationId === undefined ? objectId : `${objectId} through application ${applicationId}`
}
