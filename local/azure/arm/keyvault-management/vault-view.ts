import type { Surroundings } from '../../core/service.ts'
import { isStalled } from '../../core/stalls.ts'
import type { DeletedVaultRecord, VaultRecord } from './vault-record.ts'

export const vaultApiVersions: readonly string[] = [
  '2019-09-01',
  '2021-10-01',
  '2022-07-01',
  '2023-02-01',
  '2023-07-01',
  '2024-11-01',
  '2025-05-01',
  '2026-02-01'
]

/** A vault as ARM answers it. Its URI gains a trailing slash once the name resolves, as recorded from Azure. */
export function vaultView(vault: VaultRecord, { clock, world }: Surroundings): object {
  const { id, name, location, tags, properties, createdAt, createdBy, dnsReadyAt } = vault
  const ready = clock.now() >= dnsReadyAt && !isStalled(world, 'vaults')
  return {
    id,
    name,
    type: 'Microsoft.KeyVault/vaults',
    location,
    tags,
    systemData: {
      createdBy,
      createdByType: 'Application',
      createdAt,
      lastModifiedBy: createdBy,
      lastModifiedByType: 'Application',
      lastModifiedAt: createdAt
    },
    properties: {
      ...properties,
      vaultUri: `https://${name.toLowerCase()}.vault.azure.net${ready ? '/' : ''}`,
      provisioningState: ready ? 'Succeeded' : 'RegisteringDns'
    }
  }
}

export function deletedVaultView({ vault, deletedAt }: DeletedVaultRecord): object {
  const { id, name, location, subscriptionId, tags, properties } = vault
  const retention = properties.softDeleteRetentionInDays * 24 * 60 * 60 * 1000
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
    name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: id,
      location,
      tags,
      deletionDate: new Date(deletedAt).toISOString(),
      scheduledPurgeDate: new Date(deletedAt + retention).toISOString(),
      ...(properties.enablePurgeProtection ? { purgeProtectionEnabled: true } : {})
    }
  }
}
