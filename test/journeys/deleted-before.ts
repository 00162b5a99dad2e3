import { deletedVaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { subscriptionIds } from '../app/requests.ts'
import { added } from './spoil.ts'

const slot1 = subscriptionIds[0]

/** A vault of an earlier attempt, deleted, and not as the plan wants it: no purge protection, Standard, another's tag. */
export const deletedBefore = added(deletedVaults, 'fabri-ck-sp-eur-vaulta1', {
  deletedAt: Date.parse('2026-11-02T00:00:00Z'),
  vault: {
    id: `/subscriptions/${slot1}/resourceGroups/rg-fabri-ck-slot1/providers/Microsoft.KeyVault/vaults/Fabri-CK-SP-EUR-VaultA1`,
    name: 'Fabri-CK-SP-EUR-VaultA1',
    location: 'westeurope',
    subscriptionId: slot1,
    resourceGroup: 'rg-fabri-ck-slot1',
    tags: { 'customer-key-onboarding': 'an-earlier-one', team: 'keys' },
    createdAt: '2026-10-01T00:00:00.000Z',
    createdBy: 'somebody',
    dnsReadyAt: 0,
    properties: {
      tenantId: '3d2f1c77-9e0b-4a6d-b1a4-51c7c0e8f903',
      sku: { family: 'A', name: 'standard' },
      accessPolicies: [],
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enableRbacAuthorization: false,
      publicNetworkAccess: 'Enabled'
    }
  }
})
