import type { KeyVaultManagementClient, KeyPermissions } from '@azure/arm-keyvault'
import type { To } from './call.ts'
import type { AccessPolicy } from '../domain/resources/vault.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { policyOf, vaultOf } from './vault-shape.ts'
import type { VaultPlace } from './vault-place.ts'

/** What one principal shall be able to do with keys. */
export interface Grant {
  readonly tenantId: string
  readonly objectId: string
  /** e.g. `['get', 'wrapKey', 'unwrapKey']` */
  readonly keys: readonly KeyPermissions[]
}

/** `said`: the principal's entry as Azure has just said it is; undefined where its answer to the change has none. */
export interface Granted {
  readonly changed: boolean
  readonly said: AccessPolicy | undefined
}

/**
 * Touches the entry of this principal only: `add` merges into an entry, so one that differs is replaced. What came of it is
 * what Azure answers to the change: a vault that is read again at once may be the one of before.
 */
export async function grantKeyPermissions(
  vaults: KeyVaultManagementClient['vaults'],
  vault: VaultPlace,
  grant: Grant,
  to: To
): Promise<Granted> {
  const found = vaultOf(await vaults.get(vault.resourceGroup, vault.vaultName, to('vaults.get')))
  const present = entryOf(grant.objectId, found.accessPolicies)
  if (present && isExactly(present, grant)) return { changed: false, said: present }
  const entry = { tenantId: grant.tenantId, objectId: grant.objectId, permissions: permissionsOf(grant) }
  const { properties } = await vaults.updateAccessPolicy(
    vault.resourceGroup,
    vault.vaultName,
    present ? 'replace' : 'add',
    { properties: { accessPolicies: [entry] } },
    to('vaults.updateAccessPolicy')
  )
  return {
    changed: true,
    said: entryOf(
      grant.objectId,
      properties.accessPolicies.map((each) => policyOf(each, grant.tenantId))
    )
  }
}

const entryOf = (principal: string, policies: readonly AccessPolicy[]): AccessPolicy | undefined =>
  policies.find(({ objectId, applicationId }) => applicationId === undefined && sameText(objectId, principal))

function isExactly(present: AccessPolicy, { keys }: Grant): boolean {
  const sorted = (words: readonly string[]) =>
    words
      .map((word) => word.toLowerCase())
      .sort()
      .join()
  const { secrets, certificates, storage, doubt } = present
  const isKeysOnly = secrets.length + certificates.length + storage.length === 0
  return sorted(present.keys) === sorted(keys) && isKeysOnly && doubt === undefined
}

function permissionsOf({ keys }: Grant) {
  return { keys: [...keys], secrets: [], certificates: [] }
}
