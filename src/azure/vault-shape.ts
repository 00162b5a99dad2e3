import type { Vault, VaultCreateOrUpdateParameters, VaultPatchParameters } from '@azure/arm-keyvault'
import type { Choices } from '../domain/terms/choices.ts'
import type { VaultPlan } from '../domain/plan/plan.ts'
import { onboardingTag, policyTag } from './tags.ts'

/** A vault as Azure describes it. Permissions are in lower case: Azure keeps the case of whoever wrote them. */
export interface VaultFacts {
  readonly name: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly region: string
  readonly sku: string
  readonly tenantId: string
  readonly provisioningState: string
  readonly enableSoftDelete: boolean | undefined
  readonly softDeleteRetentionInDays: number | undefined
  readonly enablePurgeProtection: boolean | undefined
  readonly enableRbacAuthorization: boolean | undefined
  readonly networkDefaultAction: string | undefined
  readonly networkBypass: string | undefined
  readonly publicNetworkAccess: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly accessPolicies: readonly AccessPolicyFacts[]
}

export interface AccessPolicyFacts {
  readonly objectId: string
  /** Of a compound identity. */
  readonly applicationId: string | undefined
  readonly keys: readonly string[]
  readonly secrets: readonly string[]
  readonly certificates: readonly string[]
  readonly storage: readonly string[]
}

export interface VaultOwner {
  readonly tenantId: string
  readonly onboardingId: string
  /** e.g. `exchange/NA` */
  readonly policyId: string
  /** Absent: `premium`. */
  readonly sku?: Choices['sku']
  /** Sent at creation only. Absent: `access-policies`. */
  readonly authorization?: Choices['authorization']
}

/** What is asked for: every property explicit, since Azure's defaults have flipped before (DESIGN rule 6). */
export function requestedVault({ region }: VaultPlan, owner: VaultOwner): VaultCreateOrUpdateParameters {
  return {
    location: region,
    tags: { [onboardingTag]: owner.onboardingId, [policyTag]: owner.policyId },
    properties: {
      tenantId: owner.tenantId,
      sku: { family: 'A', name: owner.sku ?? 'premium' },
      enableRbacAuthorization: owner.authorization === 'rbac',
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      publicNetworkAccess: 'Enabled',
      networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
      accessPolicies: []
    }
  }
}

/** What is asked of a deleted vault: Azure ignores everything else in a request that recovers. */
export function recoveredVault({ region }: VaultPlan, tenantId: string): VaultCreateOrUpdateParameters {
  return { location: region, properties: { tenantId, sku: { family: 'A', name: 'premium' }, createMode: 'recover' } }
}

/** What must change in a vault that came back, and nothing else: undefined where nothing must. Nothing is ever loosened. */
export function settlement(found: VaultFacts, owner: VaultOwner): VaultPatchParameters | undefined {
  const isFine = found.sku === 'premium' || owner.sku === 'standard'
  const isClosed = found.networkDefaultAction === 'Deny' || found.publicNetworkAccess?.toLowerCase() === 'disabled'
  const isOpen = !isClosed || found.networkBypass === 'AzureServices'
  const defaultAction = found.networkDefaultAction === 'Deny' ? 'Deny' : 'Allow'
  const properties = {
    ...(isFine ? {} : { sku: { family: 'A', name: 'premium' } as const }),
    ...(found.enablePurgeProtection === true ? {} : { enablePurgeProtection: true }),
    ...(isOpen ? {} : { networkAcls: { bypass: 'AzureServices', defaultAction } as const })
  }
  const isOurs = found.tags[onboardingTag] === owner.onboardingId && found.tags[policyTag] === owner.policyId
  if (isOurs && Object.keys(properties).length === 0) return undefined
  return { tags: { ...found.tags, [onboardingTag]: owner.onboardingId, [policyTag]: owner.policyId }, properties }
}

export function observeVault({ id = '', name = '', location = '', tags = {}, properties }: Vault): VaultFacts {
  const [, , subscriptionId = '', , resourceGroup = ''] = id.split('/')
  return {
    name,
    subscriptionId,
    resourceGroup,
    region: location,
    sku: properties.sku.name,
    tenantId: properties.tenantId,
    provisioningState: properties.provisioningState ?? '',
    enableSoftDelete: properties.enableSoftDelete,
    softDeleteRetentionInDays: properties.softDeleteRetentionInDays,
    enablePurgeProtection: properties.enablePurgeProtection,
    enableRbacAuthorization: properties.enableRbacAuthorization,
    networkDefaultAction: properties.networkAcls?.defaultAction,
    networkBypass: properties.networkAcls?.bypass,
    publicNetworkAccess: properties.publicNetworkAccess,
    tags,
    accessPolicies: (properties.accessPolicies ?? []).map(({ objectId, applicationId, permissions }) => ({
      objectId,
      applicationId: applicationId || undefined, // Azure says null for none
      keys: lowerCase(permissions.keys),
      secrets: lowerCase(permissions.secrets),
      certificates: lowerCase(permissions.certificates),
      storage: lowerCase(permissions.storage)
    }))
  }
}

function lowerCase(words: readonly string[] = []): string[] {
  return words.map((word) => word.toLowerCase())
}
