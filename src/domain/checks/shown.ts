import type { RoleHolder } from '../resources/role.ts'
import type { AccessPolicy, Vault } from '../resources/vault.ts'
import { sameText } from '../terms/same-text.ts'

/**
 * Whether Azure shows by now what it said of a vault when it was changed. Resource Manager is not read-after-write: what is read
 * right after a change may be older, or not be there at all (local/azure/arm/replica.ts names who says so).
 */
export const isShown = (said: Vault, seen: Vault): boolean => settable(said) === settable(seen)

const settable = ({ sku, enablePurgeProtection, networkDefaultAction, networkBypass, tags }: Vault): string =>
  JSON.stringify([sku, enablePurgeProtection, networkDefaultAction, networkBypass, Object.entries(tags).toSorted()])

/** The same of what somebody may do in it. */
export const isPolicyShown = (said: AccessPolicy, policies: readonly AccessPolicy[]): boolean =>
  policies.some((seen) => sameText(seen.objectId, said.objectId) && permitted(seen) === permitted(said))

const permitted = ({ applicationId, keys, secrets, certificates, storage }: AccessPolicy): string =>
  JSON.stringify([applicationId, ...[keys, secrets, certificates, storage].map((words) => [...words].toSorted())])

/** A role that somebody was given at a resource. */
export type RoleAt = Pick<RoleHolder, 'principalId' | 'scope'>

export const isRoleShown = (given: RoleAt, seen: readonly RoleAt[]): boolean =>
  seen.some(({ principalId, scope }) => sameText(principalId, given.principalId) && sameText(scope, given.scope))
