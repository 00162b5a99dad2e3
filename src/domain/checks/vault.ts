import type { Vault } from '../resources/vault.ts'
import { retried, startedAnew } from './afterwards.ts'
import type { Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import type { Choices } from '../terms/choices.ts'
import type { VaultHome } from '../plan/plan.ts'
import { shortRegion } from '../terms/short-region.ts'

export interface VaultExpected {
  readonly vault: VaultHome
  readonly tenantId: string
  readonly purpose: Choices['purpose']
  readonly authorization: Choices['authorization']
}

const sound: Vault = {
  name: 'VAULT',
  subscriptionId: 'SUB',
  resourceGroup: 'GROUP',
  region: 'region',
  sku: 'premium',
  tenantId: 'TENANT',
  provisioningState: 'Succeeded',
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
  enablePurgeProtection: true,
  enableRbacAuthorization: false,
  networkDefaultAction: 'Allow',
  networkBypass: 'AzureServices',
  publicNetworkAccess: 'Enabled',
  tags: {},
  accessPolicies: []
}
const planned: VaultExpected = {
  vault: {
    slot: 1,
    subscriptionId: 'SUB',
    resourceGroup: 'GROUP',
    region: 'region',
    vaultName: 'VAULT'
  },
  tenantId: 'TENANT',
  purpose: 'production',
  authorization: 'access-policies'
}
const broken = (change: Partial<Vault>, expected: Partial<VaultExpected> = {}) => ({
  observed: { ...sound, ...change },
  expected: { ...planned, ...expected }
})

/** What is fixed once a vault is made. */
const fixed = {
  requirement: 'R31',
  on: 'vault',
  overridable: false,
  cure: ({ name }: Vault) =>
    `This is fixed once a vault is made. Leave ${name} as it is, and start anew with another vault name.`,
  afterwards: startedAnew
} as const

/** Where a vault was made (R8, R27, R31). */
const placeChecks: readonly Check<Vault, VaultExpected>[] = [
  {
    ...fixed,
    code: 'vault-subscription',
    requirement: 'R27',
    expected: ({ vault }) => `subscription ${vault.subscriptionId}`,
    holds: ({ subscriptionId }, { vault }) => sameText(subscriptionId, vault.subscriptionId),
    describe: ({ subscriptionId }) => `subscription ${subscriptionId}`,
    means: 'The vault lies in another subscription than its slot’s. One subscription would then reach both keys.',
    look: ['az keyvault show --name VAULT --query id'],
    broken: [broken({ subscriptionId: 'ANOTHER_SUB' })]
  },
  {
    code: 'vault-group',
    requirement: 'R27',
    on: 'vault',
    expected: ({ vault }) => `resource group ${vault.resourceGroup}, provisioned`,
    holds: ({ resourceGroup, provisioningState }, { vault }) =>
      sameText(resourceGroup, vault.resourceGroup) && (provisioningState ?? 'Succeeded') === 'Succeeded',
    describe: ({ resourceGroup, provisioningState }) =>
      `resource group ${resourceGroup}, ${provisioningState ?? 'provisioned'}`,
    overridable: false,
    means: 'The vault lies in another resource group, or Azure has not finished making it.',
    look: ['az keyvault show --name VAULT --query "{group:resourceGroup, state:properties.provisioningState}"'],
    cure: ({ name, resourceGroup, provisioningState = 'Succeeded' }, { vault }) =>
      sameText(resourceGroup, vault.resourceGroup)
        ? `Azure has not finished making ${name} (${provisioningState}): wait, then retry. Where it stays so, open a request with Azure’s support.`
        : `Move ${name} back to the group of the plan: az resource move --ids $(az keyvault show --name ${name} --query id --output tsv) ` +
          `--destination-group ${vault.resourceGroup} --destination-subscription-id ${vault.subscriptionId}. Then retry.`,
    afterwards: retried,
    broken: [broken({ resourceGroup: 'ANOTHER_GROUP' }), broken({ provisioningState: 'RegisteringDns' })]
  },
  {
    ...fixed,
    code: 'vault-named',
    expected: ({ vault }) => `name ${vault.vaultName}`,
    holds: ({ name }, { vault }) => sameText(name, vault.vaultName),
    describe: ({ name }) => `name ${name}`,
    means: 'Azure shows the vault under another name than the plan’s. The name tells which policy a vault is for.',
    look: ['az keyvault show --name VAULT --query name'],
    broken: [broken({ name: 'ANOTHER_VAULT' })]
  },
  {
    ...fixed,
    code: 'vault-region',
    expected: ({ vault }) => `region ${vault.region}`,
    holds: ({ region }, { vault }) => shortRegion(region) === vault.region,
    describe: ({ region }) => `region ${shortRegion(region)}`,
    means:
      'The vault lies in another region than the plan’s. Backups are restored within one geography only, so a wrong region stays.',
    look: ['az keyvault show --name VAULT --query location'],
    broken: [broken({ region: 'another' })]
  },
  {
    ...fixed,
    code: 'vault-tenant',
    requirement: 'R8',
    expected: ({ tenantId }) => `tenant ${tenantId}`,
    holds: (observed, { tenantId }) => sameText(observed.tenantId, tenantId),
    describe: ({ tenantId }) => `tenant ${tenantId}`,
    means:
      'The vault trusts another tenant than the organization’s: Microsoft’s service of this tenant cannot use it. The tenant of an ' +
      'empty vault can be changed: `az keyvault update --name VAULT --set properties.tenantId=TENANT properties.accessPolicies=[]`.',
    look: ['az keyvault show --name VAULT --query properties.tenantId'],
    broken: [broken({ tenantId: 'ANOTHER_TENANT' })]
  }
]

/** What keeps a deleted key from being gone (R39). */
const protectionChecks: readonly Check<Vault, VaultExpected>[] = [
  {
    code: 'vault-soft-delete',
    requirement: 'R39',
    on: 'vault',
    expected: () => 'soft delete on',
    holds: ({ enableSoftDelete }) => enableSoftDelete === true,
    describe: ({ enableSoftDelete }) => `soft delete ${onOff(enableSoftDelete)}`,
    overridable: false,
    means: 'Soft delete is off: a deleted key would be gone at once.',
    look: ['az keyvault show --name VAULT --query properties.enableSoftDelete'],
    cure: ({ name }) => `Run az keyvault update --name ${name} --set properties.enableSoftDelete=true, then retry.`,
    afterwards: `It cannot be switched off again, which is the point. ${retried}`,
    broken: [broken({ enableSoftDelete: false })]
  },
  {
    ...fixed,
    code: 'vault-retention',
    requirement: 'R39',
    expected: () => 'deleted keys are kept 90 days',
    holds: ({ softDeleteRetentionInDays }) => softDeleteRetentionInDays === 90,
    describe: ({ softDeleteRetentionInDays }) => `${softDeleteRetentionInDays ?? 'unknown'} days`,
    means: 'Deleted keys are kept fewer than 90 days. The period is fixed when a vault is made.',
    look: ['az keyvault show --name VAULT --query properties.softDeleteRetentionInDays'],
    broken: [broken({ softDeleteRetentionInDays: 7 })]
  },
  {
    code: 'vault-purge-protection',
    requirement: 'R39',
    on: 'vault',
    expected: () => 'purge protection on',
    holds: ({ enablePurgeProtection }) => enablePurgeProtection === true,
    describe: ({ enablePurgeProtection }) => `purge protection ${onOff(enablePurgeProtection)}`,
    overridable: false,
    means: 'Purge protection is off: somebody with the right could destroy a deleted key before its 90 days are over.',
    look: ['az keyvault show --name VAULT --query properties.enablePurgeProtection'],
    cure: ({ name }) => `Run az keyvault update --name ${name} --enable-purge-protection true, then retry.`,
    afterwards: `It cannot be switched off again. ${retried}`,
    broken: [broken({ enablePurgeProtection: false })]
  }
]

/** Where and how a vault was made (R27, R28, R31, R33, R36, R39): mostly fixed at creation. */
export const vaultChecks: readonly Check<Vault, VaultExpected>[] = [
  ...placeChecks,
  {
    code: 'vault-premium',
    requirement: 'R28',
    on: 'vault',
    expected: ({ purpose }) => (purpose === 'test' ? 'SKU premium, or standard for a test' : 'SKU premium'),
    holds: ({ sku }, { purpose }) => sameText(sku, 'premium') || (purpose === 'test' && sameText(sku, 'standard')),
    describe: ({ sku }) => `SKU ${sku}`,
    overridable: false,
    means:
      'The vault is not Premium: its keys would not live in a hardware security module. With `purpose: "test"` in the request a ' +
      'Standard vault passes.',
    look: ['az keyvault show --name VAULT --query properties.sku.name'],
    cure: ({ name }) =>
      `Change ${name} to the Premium SKU (az keyvault update --name ${name} --set properties.sku.name=premium), then retry.`,
    afterwards: retried,
    broken: [broken({ sku: 'standard' })]
  },
  ...protectionChecks,
  {
    // Absent is not enough: newer API versions of Azure take an absent value for true, and then ignore access policies.
    code: 'vault-authorization',
    requirement: 'R33',
    on: 'vault',
    expected: ({ authorization }) =>
      authorization === 'rbac' ? 'roles decide (Azure RBAC on)' : 'access policies decide (Azure RBAC off)',
    holds: ({ enableRbacAuthorization }, { authorization }) => enableRbacAuthorization === (authorization === 'rbac'),
    describe: ({ enableRbacAuthorization }) => `Azure RBAC ${onOff(enableRbacAuthorization)}`,
    overridable: false,
    means:
      'Azure RBAC decides over the vault, not its access policies, or the other way round from what the request says ' +
      '(`authorization`). The checks of permissions would look at the wrong list.',
    look: ['az keyvault show --name VAULT --query properties.enableRbacAuthorization'],
    cure: ({ name }, { authorization }) =>
      `Run az keyvault update --name ${name} --enable-rbac-authorization ${String(authorization === 'rbac')}, then retry.`,
    afterwards: retried,
    broken: [broken({ enableRbacAuthorization: true }), broken({}, { authorization: 'rbac' })]
  },
  {
    // Microsoft 365 reaches the vault from outside. Behind a firewall, or without public access, it passes as a trusted
    // service: https://learn.microsoft.com/azure/key-vault/general/network-security. Behind a perimeter nobody passes as one:
    // https://learn.microsoft.com/azure/private-link/network-security-perimeter-transition (“Trusted access isn't supported in
    // enforced mode”; `SecuredByPerimeter` is closed even where no perimeter is associated).
    code: 'vault-network',
    requirement: 'R36',
    on: 'vault',
    expected: () => 'open to Microsoft 365: no firewall and public access, or trusted Microsoft services allowed',
    holds: (observed) =>
      knownAccess(observed) && (isOpen(observed) || sameText(observed.networkBypass ?? '', 'AzureServices')),
    describe: ({ networkDefaultAction, networkBypass, publicNetworkAccess }) =>
      `default ${networkDefaultAction ?? 'Allow'}, bypass ${networkBypass ?? 'unset'}, public access ${publicNetworkAccess ?? 'unset'}`,
    overridable: {
      only: 'Only behind a network security perimeter, whose rules the app does not read',
      when: (observed) => !knownAccess(observed)
    },
    means:
      'The vault’s firewall keeps Microsoft 365 out: its default is Deny, or public network access is disabled, and trusted ' +
      'Microsoft services are not let through. Behind a network security perimeter (`SecuredByPerimeter`) trusted services do not ' +
      'pass at all: only the perimeter’s own rules let anybody in. A perimeter in transition mode does not show at the vault, and ' +
      'is not seen here.',
    look: [
      'az keyvault show --name VAULT --query "properties.{firewall:networkAcls, publicAccess:publicNetworkAccess}"'
    ],
    cure: (observed) =>
      knownAccess(observed)
        ? `Run az keyvault update --name ${observed.name} --bypass AzureServices, then retry.`
        : `Take ${observed.name} out of its network security perimeter, run az keyvault update --name ${observed.name} ` +
          '--public-network-access Enabled --bypass AzureServices, then retry; or override with the rule of the perimeter by which ' +
          'Microsoft 365 passes.',
    afterwards: retried,
    broken: [
      broken({ networkDefaultAction: 'Deny', networkBypass: 'None' }),
      broken({ publicNetworkAccess: 'SecuredByPerimeter' })
    ]
  }
]

/** What the firewall and its exceptions govern; whatever else Azure may say there is no yes. */
const knownAccess = ({ publicNetworkAccess = 'Enabled' }: Vault): boolean =>
  ['enabled', 'disabled'].includes(publicNetworkAccess.toLowerCase())

const isOpen = ({ networkDefaultAction = 'Allow', publicNetworkAccess = 'Enabled' }: Vault): boolean =>
  sameText(networkDefaultAction, 'Allow') && sameText(publicNetworkAccess, 'Enabled')

function onOff(value: boolean | undefined): string {
  if (value === undefined) return 'unset'
  return value ? 'on' : 'off'
}
