import type {
  AccessPolicyEntry,
  NetworkRuleSet,
  Vault as ArmVault,
  VaultCreateOrUpdateParameters,
  VaultPatchParameters
} from '@azure/arm-keyvault'
import type { VaultHome } from '../domain/plan/plan.ts'
import { tagsOf, type VaultOwner } from '../domain/plan/requested-vault.ts'
import type { AccessPolicy, Vault } from '../domain/resources/vault.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { needed } from './answers/misfit.ts'

/** What is asked of a deleted vault: Azure ignores everything else in a request that recovers. */
export function recoveredVault({ region }: VaultHome, tenantId: string): VaultCreateOrUpdateParameters {
  return { location: region, properties: { tenantId, sku: { family: 'A', name: 'premium' }, createMode: 'recover' } }
}

/** What must change in a vault that came back, and nothing else: undefined where nothing must. Nothing is ever loosened. */
export function settlement(found: Vault, owner: VaultOwner): VaultPatchParameters | undefined {
  const isFine = found.sku === 'premium' || owner.sku === 'standard'
  const isClosed = found.networkDefaultAction === 'Deny' || found.publicNetworkAccess?.toLowerCase() === 'disabled'
  const isOpen = !isClosed || found.networkBypass === 'AzureServices'
  const defaultAction = found.networkDefaultAction === 'Deny' ? 'Deny' : 'Allow'
  const properties = {
    ...(isFine ? {} : { sku: { family: 'A', name: 'premium' } as const }),
    ...(found.enablePurgeProtection === true ? {} : { enablePurgeProtection: true }),
    ...(isOpen ? {} : { networkAcls: { bypass: 'AzureServices', defaultAction, ...ruled(found) } as const })
  }
  const isTagged = Object.entries(tagsOf(owner)).every(([name, value]) => found.tags[name] === value)
  if (isTagged && Object.keys(properties).length === 0) return undefined
  return { tags: { ...found.tags, ...tagsOf(owner) }, properties }
}

export function vaultOf({ id, name, location, tags = {}, properties }: ArmVault): Vault {
  const [, , subscriptionId, , resourceGroup] = needed(id, 'the id of the vault').split('/')
  return {
    name: needed(name, 'the name of the vault'),
    subscriptionId: needed(subscriptionId, 'the subscription of the vault'),
    resourceGroup: needed(resourceGroup, 'the resource group of the vault'),
    region: needed(location, 'the region of the vault'),
    sku: properties.sku.name,
    tenantId: properties.tenantId,
    provisioningState: properties.provisioningState,
    enableSoftDelete: properties.enableSoftDelete,
    softDeleteRetentionInDays: properties.softDeleteRetentionInDays,
    enablePurgeProtection: properties.enablePurgeProtection,
    enableRbacAuthorization: properties.enableRbacAuthorization,
    networkDefaultAction: properties.networkAcls?.defaultAction,
    networkBypass: properties.networkAcls?.bypass,
    ...rulesIn(properties.networkAcls),
    publicNetworkAccess: properties.publicNetworkAccess,
    tags,
    accessPolicies: (properties.accessPolicies ?? []).map((entry) => policyOf(entry, properties.tenantId))
  }
}

/**
 * `tenant`: of the vault. “All identities in the array must use the same tenant ID as the key vault's tenant ID”: what stands
 * there of another, such as after a move to another directory, is no right that anybody could count on.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/create-or-update#accesspolicyentry
 */
export const policyOf = (
  { objectId, applicationId, permissions, ...of }: AccessPolicyEntry,
  tenant: string
): AccessPolicy => ({
  objectId,
  applicationId: applicationId || undefined, // Azure says null for none
  ...(sameText(of.tenantId, tenant) ? {} : { doubt: `of tenant ${of.tenantId}` }),
  keys: lowerCase(permissions.keys),
  secrets: lowerCase(permissions.secrets),
  certificates: lowerCase(permissions.certificates),
  storage: lowerCase(permissions.storage)
})

function rulesIn({ ipRules, virtualNetworkRules }: NetworkRuleSet = {}): Pick<Vault, 'networkRules'> {
  const networkRules = { ipRules: ipRules ?? [], virtualNetworkRules: virtualNetworkRules ?? [] }
  return Object.values(networkRules).flat().length > 0 ? { networkRules } : {}
}

/** As they were read: the client gives and takes them in the same words. */
const ruled = ({ networkRules }: Vault) => networkRules as Pick<NetworkRuleSet, 'ipRules' | 'virtualNetworkRules'>

function lowerCase(words: readonly string[] = []): string[] {
  return words.map((word) => word.toLowerCase())
}
