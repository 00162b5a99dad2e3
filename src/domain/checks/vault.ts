import { never, type Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import type { AccessPolicy } from './permissions.ts'
import type { Choices } from '../terms/choices.ts'
import type { VaultHome } from '../plan/plan.ts'
import { shortRegion } from '../terms/short-region.ts'

/** A vault as Azure shows it when read back. */
export interface VaultSeen {
  readonly name: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly region: string
  readonly sku: string
  readonly tenantId: string
  readonly provisioningState: string | undefined
  readonly enableSoftDelete: boolean | undefined
  readonly softDeleteRetentionInDays: number | undefined
  readonly enablePurgeProtection: boolean | undefined
  readonly enableRbacAuthorization: boolean | undefined
  readonly networkDefaultAction: string | undefined
  readonly networkBypass: string | undefined
  /** `Disabled` overrides the firewall's own rules. */
  readonly publicNetworkAccess: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly accessPolicies: readonly AccessPolicy[]
}

/** Whether there is a vault at all where the plan puts it. */
export interface VaultPresence {
  readonly vault: VaultHome
  readonly there: boolean
}

export const vaultThereChecks: readonly Check<VaultPresence>[] = [
  {
    code: 'vault-there',
    requirement: 'R27',
    expected: 'a vault where the plan puts it',
    holds: ({ there }) => there,
    describe: ({ there, vault }) => `${there ? 'a' : 'no'} vault in resource group ${vault.resourceGroup}`,
    remedy: ({ vault }) =>
      `Find out who deleted or moved ${vault.vaultName}. Recover it within 90 days (Undo-AzKeyVaultRemoval -VaultName ` +
      `${vault.vaultName} -ResourceGroupName ${vault.resourceGroup} -Location ${vault.region}), then retry.`,
    overridable: never
  }
]

export interface VaultPlace {
  readonly vault: VaultHome
  readonly tenantId: string
  readonly purpose: Choices['purpose']
  readonly authorization: Choices['authorization']
}

/** Where and how a vault was made (R27, R28, R31, R39): mostly fixed at creation. */
export const vaultChecks = (expected: VaultPlace): readonly Check<VaultSeen>[] => [
  ...placeChecks(expected),
  skuCheck(expected),
  ...protectionChecks,
  authorizationCheck(expected),
  networkCheck
]

const placeChecks = ({ vault, tenantId }: VaultPlace): readonly Check<VaultSeen>[] => [
  {
    code: 'vault-subscription',
    requirement: 'R27',
    expected: `subscription ${vault.subscriptionId}`,
    holds: ({ subscriptionId }) => sameText(subscriptionId, vault.subscriptionId),
    describe: ({ subscriptionId }) => `subscription ${subscriptionId}`,
    ...startAnew
  },
  {
    code: 'vault-group',
    requirement: 'R27',
    expected: `resource group ${vault.resourceGroup}, provisioned`,
    holds: ({ resourceGroup, provisioningState }) =>
      sameText(resourceGroup, vault.resourceGroup) && (provisioningState ?? 'Succeeded') === 'Succeeded',
    describe: ({ resourceGroup, provisioningState }) =>
      `resource group ${resourceGroup}, ${provisioningState ?? 'provisioned'}`,
    remedy: () => 'Wait until Azure has made the vault, or move it to the group of the plan, then retry.',
    overridable: never
  },
  {
    code: 'vault-named',
    requirement: 'R31',
    expected: `name ${vault.vaultName}`,
    holds: ({ name }) => sameText(name, vault.vaultName),
    describe: ({ name }) => `name ${name}`,
    ...startAnew
  },
  {
    code: 'vault-region',
    requirement: 'R31',
    expected: `region ${vault.region}`,
    holds: ({ region }) => shortRegion(region) === vault.region,
    describe: ({ region }) => `region ${shortRegion(region)}`,
    ...startAnew
  },
  {
    code: 'vault-tenant',
    requirement: 'R8',
    expected: `tenant ${tenantId}`,
    holds: (seen) => sameText(seen.tenantId, tenantId),
    describe: (seen) => `tenant ${seen.tenantId}`,
    ...startAnew
  }
]

const startAnew = {
  remedy: ({ name }: VaultSeen) =>
    `This is fixed once a vault is made. Leave ${name} as it is, and start anew with another vault name.`,
  overridable: never
}

const skuCheck = ({ purpose }: VaultPlace): Check<VaultSeen> => ({
  code: 'vault-premium',
  requirement: 'R28',
  expected: purpose === 'test' ? 'SKU premium, or standard for a test' : 'SKU premium',
  holds: ({ sku }) => sameText(sku, 'premium') || (purpose === 'test' && sameText(sku, 'standard')),
  describe: ({ sku }) => `SKU ${sku}`,
  remedy: ({ name }) =>
    `Change ${name} to the Premium SKU (az keyvault update --name ${name} --set ` +
    'properties.sku.name=premium), then retry.',
  overridable: never
})

const protectionChecks: readonly Check<VaultSeen>[] = [
  {
    code: 'vault-soft-delete',
    requirement: 'R39',
    expected: 'soft delete on',
    holds: ({ enableSoftDelete }) => enableSoftDelete === true,
    describe: ({ enableSoftDelete }) => `soft delete ${onOff(enableSoftDelete)}`,
    remedy: ({ name }) => `Run az keyvault update --name ${name} --enable-soft-delete true, then retry.`,
    overridable: never
  },
  {
    code: 'vault-retention',
    requirement: 'R39',
    expected: 'deleted keys are kept 90 days',
    holds: ({ softDeleteRetentionInDays }) => softDeleteRetentionInDays === 90,
    describe: ({ softDeleteRetentionInDays }) => `${softDeleteRetentionInDays ?? 'unknown'} days`,
    ...startAnew
  },
  {
    code: 'vault-purge-protection',
    requirement: 'R39',
    expected: 'purge protection on',
    holds: ({ enablePurgeProtection }) => enablePurgeProtection === true,
    describe: ({ enablePurgeProtection }) => `purge protection ${onOff(enablePurgeProtection)}`,
    remedy: ({ name }) => `Run az keyvault update --name ${name} --enable-purge-protection true, then retry.`,
    overridable: never
  }
]

/** Absent is not enough: newer API versions of Azure take an absent value for true, and then ignore access policies. */
function authorizationCheck({ authorization }: VaultPlace): Check<VaultSeen> {
  const rbac = authorization === 'rbac'
  return {
    code: 'vault-authorization',
    requirement: 'R33',
    expected: rbac ? 'roles decide (Azure RBAC on)' : 'access policies decide (Azure RBAC off)',
    holds: ({ enableRbacAuthorization }) => enableRbacAuthorization === rbac,
    describe: ({ enableRbacAuthorization }) => `Azure RBAC ${onOff(enableRbacAuthorization)}`,
    remedy: ({ name }) =>
      `Run az keyvault update --name ${name} --enable-rbac-authorization ${String(rbac)}, then retry.`,
    overridable: never
  }
}

/**
 * Microsoft 365 reaches the vault from outside. Behind a firewall, or without public access, it passes as a trusted service.
 * https://learn.microsoft.com/azure/key-vault/general/network-security
 */
const networkCheck: Check<VaultSeen> = {
  code: 'vault-network',
  requirement: 'R36',
  expected: 'open to Microsoft 365: no firewall and public access, or trusted Microsoft services allowed',
  holds: ({ networkDefaultAction, networkBypass, publicNetworkAccess }) =>
    networkBypass === 'AzureServices' ||
    ((networkDefaultAction ?? 'Allow') === 'Allow' && sameText(publicNetworkAccess ?? 'Enabled', 'Enabled')),
  describe: ({ networkDefaultAction, networkBypass, publicNetworkAccess }) =>
    `default ${networkDefaultAction ?? 'Allow'}, bypass ${networkBypass ?? 'unset'}, public access ${publicNetworkAccess ?? 'unset'}`,
  remedy: ({ name }) => `Run az keyvault update --name ${name} --bypass AzureServices, then retry.`,
  overridable: never
}

function onOff(value: boolean | undefined): string {
  if (value === undefined) return 'unset'
  return value ? 'on' : 'off'
}
