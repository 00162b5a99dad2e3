import { isAllowed } from '../arm/authorization/roles.ts'
import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { Caller } from '../core/service.ts'
import type { World } from '../core/world.ts'
import { identitiesOf } from '../graph/groups.ts'
import { KeyVaultError } from './refusals.ts'

/** A permission to keys as access policies name them, in lower case. */
export type KeyPermission =
  | 'create'
  | 'import'
  | 'get'
  | 'list'
  | 'update'
  | 'backup'
  | 'restore'
  | 'delete'
  | 'getrotationpolicy'
  | 'setrotationpolicy'

export interface Access {
  readonly vault: VaultRecord
  readonly caller: Caller
  readonly world: World
  /** Simulated milliseconds. */
  readonly now: number
}

/** Throws the 403 of a caller who lacks a permission, worded as the vault's authorization model does. */
export function checkPermission({ vault, caller, world, now }: Access, permission: KeyPermission): void {
  if (!vault.properties.enableRbacAuthorization) {
    if (!policyAllows({ vault, caller, world, now }, permission)) throw forbiddenByPolicy(vault, caller, permission)
    return
  }
  const action = dataActions[permission]
  const isGranted = isAllowed(world, { principalId: caller.objectId, action, scope: vault.id, kind: 'data', now })
  if (!isGranted) throw forbiddenByRole(vault, caller, permission)
}

/** An entry that the vault has heard of by now; it may be the caller's own or that of a group it is in. */
function policyAllows({ vault, caller, world, now }: Access, permission: KeyPermission): boolean {
  const ids = identitiesOf(world, caller.objectId)
    .map((id) => id.toLowerCase())
    .filter((id) => now >= (vault.policiesHeardAt?.[id] ?? 0))
  const entries = vault.properties.accessPolicies.filter((each) => ids.includes(each.objectId.toLowerCase()))
  const granted = entries.flatMap(({ permissions: { keys = [] } }) => keys).map((name) => name.toLowerCase())
  return granted.includes(permission) || granted.includes('all')
}

const dataActions: Readonly<Record<KeyPermission, string>> = {
  create: 'Microsoft.KeyVault/vaults/keys/create/action',
  import: 'Microsoft.KeyVault/vaults/keys/import/action',
  get: 'Microsoft.KeyVault/vaults/keys/read',
  list: 'Microsoft.KeyVault/vaults/keys/read',
  update: 'Microsoft.KeyVault/vaults/keys/update/action',
  backup: 'Microsoft.KeyVault/vaults/keys/backup/action',
  restore: 'Microsoft.KeyVault/vaults/keys/restore/action',
  delete: 'Microsoft.KeyVault/vaults/keys/delete',
  getrotationpolicy: 'Microsoft.KeyVault/vaults/keyrotationpolicies/read',
  setrotationpolicy: 'Microsoft.KeyVault/vaults/keyrotationpolicies/write'
}

function forbiddenByPolicy(vault: VaultRecord, caller: Caller, permission: KeyPermission): KeyVaultError {
  return new KeyVaultError(
    403,
    'Forbidden',
    `The user, group or application '${nameOf(caller)}' does not have keys ${permission} permission on key vault ` +
      `'${vault.name};location=${vault.location}'. For help resolving this issue, please see ` +
      'https://go.microsoft.com/fwlink/?linkid=2125287',
    { inner: 'AccessDenied' }
  )
}

function forbiddenByRole(vault: VaultRecord, caller: Caller, permission: KeyPermission): KeyVaultError {
  return new KeyVaultError(
    403,
    'Forbidden',
    [
      'Caller is not authorized to perform action on resource.',
      'If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.',
      `Caller: ${nameOf(caller)}`,
      `Action: '${dataActions[permission]}'`,
      `Resource: '${vault.id.toLowerCase()}'`,
      'Assignment: (not found)',
      "DecisionReason: 'DeniedWithNoValidRBAC'",
      `Vault: ${vault.name};location=${vault.location}`
    ].join('\r\n'),
    { inner: 'ForbiddenByRbac' }
  )
}

function nameOf(caller: Caller): string {
  return `appid=${caller.clientId};oid=${caller.objectId};iss=https://sts.windows.net/${caller.tenantId}/`
}
