import type { RoleHolder } from '../resources/role.ts'
import type { AccessPolicy } from '../resources/vault.ts'

export type DataRole = Pick<RoleHolder, 'principalId' | 'dataActions' | 'notDataActions'>

/**
 * What roles allow with the keys, secrets and certificates of a vault, in the words of access policies: the same checks
 * then look at both. One data action reads and lists.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault
 */
export const permissionsOfRoles = (roles: readonly DataRole[]): AccessPolicy[] =>
  roles
    .filter(({ dataActions }) => dataActions.length > 0)
    .map((role) => ({
      objectId: role.principalId,
      applicationId: undefined,
      keys: allowed(role, keyActions),
      secrets: allowed(role, secretActions),
      certificates: allowed(role, certificateActions),
      storage: []
    }))
    .filter(({ keys, secrets, certificates }) => keys.length + secrets.length + certificates.length > 0)

type Actions = Readonly<Record<string, string>>

const allowed = ({ dataActions, notDataActions }: DataRole, actions: Actions): string[] =>
  Object.entries(actions)
    .filter(([, action]) => dataActions.some((each) => covers(each, action)))
    .filter(([, action]) => !notDataActions.some((each) => covers(each, action)))
    .map(([word]) => word)

/** `*` stands for any text. */
function covers(pattern: string, action: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 'i').test(`Microsoft.KeyVault/vaults/${action}`)
}

/** By the word of access policies, lower case. */
const keyActions = {
  get: 'keys/read',
  list: 'keys/read',
  create: 'keys/create/action',
  import: 'keys/import/action',
  update: 'keys/update/action',
  backup: 'keys/backup/action',
  restore: 'keys/restore/action',
  recover: 'keys/recover/action',
  delete: 'keys/delete',
  purge: 'keys/purge/action',
  encrypt: 'keys/encrypt/action',
  decrypt: 'keys/decrypt/action',
  wrapkey: 'keys/wrap/action',
  unwrapkey: 'keys/unwrap/action',
  sign: 'keys/sign/action',
  verify: 'keys/verify/action',
  release: 'keys/release/action',
  rotate: 'keys/rotate/action',
  getrotationpolicy: 'keyrotationpolicies/read',
  setrotationpolicy: 'keyrotationpolicies/write'
} as const

const secretActions = {
  get: 'secrets/getSecret/action',
  list: 'secrets/readMetadata/action',
  set: 'secrets/setSecret/action',
  delete: 'secrets/delete',
  backup: 'secrets/backup/action',
  restore: 'secrets/restore/action',
  recover: 'secrets/recover/action',
  purge: 'secrets/purge/action'
} as const

const certificateActions = {
  get: 'certificates/read',
  create: 'certificates/create/action',
  import: 'certificates/import/action',
  update: 'certificates/update/action',
  delete: 'certificates/delete',
  backup: 'certificates/backup/action',
  restore: 'certificates/restore/action',
  recover: 'certificates/recover/action',
  purge: 'certificates/purge/action'
} as const
