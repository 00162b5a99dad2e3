import type { KeyVaultManagementClient, KeyPermissions } from '@azure/arm-keyvault'
import type { To } from './call.ts'
import type { AccessPolicy } from '../domain/resources/vault.ts'
import { vaultOf } from './vault-shape.ts'
import type { VaultPlace } from './vault-place.ts'

/** What one principal shall be able to do with keys. */
export interface Grant {
  readonly tenantId: string
  readonly objectId: string
  /** e.g. `['get', 'wrapKey', 'unwrapKey']` */
  readonly keys: readonly KeyPermissions[]
}

/** Touches the entry of this principal only: `add` merges into an entry, so one that differs is replaced. */
export async function grantKeyPermissions(
  vaults: KeyVaultManagementClient['vaults'],
  vault: VaultPlace,
  grant: Grant,
  to: To
): Promise<{ changed: boolean }> {
  const present = vaultOf(await vaults.get(vault.resourceGroup, vault.vaultName, to('vaults.get')))
    .accessPolicies.filter(({ applicationId }) => applicationId === undefined)
    .find(({ objectId }) => objectId.toLowerCase() === grant.objectId.toLowerCase())
  if (present && isExactly(present, grant)) return { changed: false }
  const entry = { tenantId: grant.tenantId, objectId: grant.objectId, permissions: permissionsOf(grant) }
  await vaults.updateAccessPolicy(
    vault.resourceGroup,
    vault.vaultName,
    present ? 'replace' : 'add',
    { properties: { accessPolicies: [entry] } },
    to('vaults.updateAccessPolicy')
  )
  return { changed: true }
}

function isExactly(present: AccessPolicy, { keys }: Grant): boolean {
  const sorted = (words: readonly string[]) =>
    words
      .map((word) => word.toLowerCase())
      .sort()
      .join()
  const { secrets, certificates, storage } = present
  return sorted(present.keys) === sorted(keys) && secrets.length + certificates.length + storage.length === 0
}

function permissionsOf({ keys }: Grant) {
  return { keys: [...keys], secrets: [], certificates: [] }
}
