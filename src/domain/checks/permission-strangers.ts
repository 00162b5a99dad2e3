import type { AccessPolicy } from '../resources/vault.ts'
import { permissions } from '../terms/permissions.ts'
import { sameText } from '../terms/same-text.ts'
import { few, without } from './permission-cures.ts'
import { areWithin, whoOf, wrappers, type PermissionsExpected, type PermissionsObserved } from './permission-holders.ts'

/** Whoever belongs there keeps the keys: only what is beside them goes. */
export function takenOut(observed: PermissionsObserved, expected: PermissionsExpected): string {
  const { name } = observed
  const [beside, unknown] = [true, false].map((kept) =>
    strangeEntries(observed, expected).filter((each) => isKnown(observed, expected, each) === kept)
  )
  const none = (unknown ?? []).map((each) => ({ ...each, keys: [] }))
  const parts = [
    ...(none.length > 0 ? [`take ${few(none.map(whoOf)).join(' and ')} out (${without(name, none, [])})`] : []),
    ...(beside?.length
      ? [`leave ${few(beside.map(whoOf)).join(' and ')} keys only, no secrets, certificates or storage accounts`]
      : [])
  ]
  return `In the access policy of ${name} ${parts.join(' and ')}, then retry. `
}

/**
 * Whoever wraps is `vault-right-service`'s to name. Where nobody named the administrators, whoever has their permissions and
 * no other counts as one.
 */
function isKnown(observed: PermissionsObserved, expected: PermissionsExpected, entry: AccessPolicy): boolean {
  const { administrators, servicePrincipalObjectId, slotIdentityObjectId } = expected
  const known = [...(administrators ?? []), servicePrincipalObjectId, slotIdentityObjectId, ...wrappers(observed)]
  const isLikeOne =
    administrators === undefined &&
    entry.applicationId === undefined &&
    (expected.known?.some((id) => sameText(id, entry.objectId)) ?? true) &&
    areWithin(observed, entry.objectId, permissions.administrator)
  return known.some((id) => sameText(id, whoOf(entry))) || isLikeOne
}

export const strangeEntries = (observed: PermissionsObserved, expected: PermissionsExpected): AccessPolicy[] =>
  observed.accessPolicies.filter(
    (entry) =>
      !isKnown(observed, expected, entry) || entry.secrets.length + entry.certificates.length + entry.storage.length > 0
  )

/** Under Azure RBAC somebody may hold several roles. */
export const strangers = (observed: PermissionsObserved, expected: PermissionsExpected): string[] => [
  ...new Set(strangeEntries(observed, expected).map(whoOf))
]
