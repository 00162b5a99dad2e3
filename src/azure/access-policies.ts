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

/** `said`: the entries of these principals as Azure has just said they are; without one that its answer to a change has not. */
export interface Granted {
  readonly changed: boolean
  readonly said: readonly AccessPolicy[]
}

/**
 * Touches the entries of these principals only: `add` merges into an entry, so those that differ are replaced, and those that are
 * absent are added, each in one change. What came of it is what Azure answers to the last change: a vault that is read again at
 * once may be the one of before.
 */
export async function grantKeyPermissions(
  vaults: KeyVaultManagementClient['vaults'],
  vault: VaultPlace,
  grants: readonly Grant[],
  to: To
): Promise<Granted> {
  let policies = vaultOf(await vaults.get(vault.resourceGroup, vault.vaultName, to('vaults.get'))).accessPolicies
  const before = policies
  const absent = grants.filter(({ objectId }) => entryOf(objectId, before) === undefined)
  const other = grants.filter((grant) => !absent.includes(grant) && !isGiven(grant, before))
  for (const { kind, changes } of [
    { kind: 'replace', changes: other },
    { kind: 'add', changes: absent }
  ] as const) {
    const [first] = changes
    if (first === undefined) continue
    const { properties } = await vaults.updateAccessPolicy(
      vault.resourceGroup,
      vault.vaultName,
      kind,
      { properties: { accessPolicies: changes.map(asked) } },
      to('vaults.updateAccessPolicy')
    )
    policies = properties.accessPolicies.map((each) => policyOf(each, first.tenantId))
  }
  const changed = absent.length + other.length > 0
  return { changed, said: grants.flatMap(({ objectId }) => entryOf(objectId, policies) ?? []) }
}

const asked = (grant: Grant) => ({
  tenantId: grant.tenantId,
  objectId: grant.objectId,
  permissions: permissionsOf(grant)
})

const entryOf = (principal: string, policies: readonly AccessPolicy[]): AccessPolicy | undefined =>
  policies.find(({ objectId, applicationId }) => applicationId === undefined && sameText(objectId, principal))

function isGiven({ objectId, keys }: Grant, policies: readonly AccessPolicy[]): boolean {
  const present = entryOf(objectId, policies)
  if (present === undefined) return false
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
