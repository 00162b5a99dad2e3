import type { Collection, World } from '../core/world.ts'

/** A vault as Azure keeps it; both planes read it, only ARM writes it. */
export interface VaultRecord {
  /** ARM id, e.g. `/subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/Contoso-CK-EX-NA-VaultA1`. */
  readonly id: string
  /** In the case it was created with. */
  readonly name: string
  readonly location: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly tags: Readonly<Record<string, string>>
  readonly properties: VaultProperties
  /** Simulated milliseconds since 1970. */
  readonly createdAt: number
  /** From when its host name resolves, in simulated milliseconds. */
  readonly dnsReadyAt: number
}

export interface VaultProperties {
  readonly tenantId: string
  readonly sku: { readonly family: 'A', readonly name: 'standard' | 'premium' }
  readonly accessPolicies: readonly AccessPolicyEntry[]
  readonly enableRbacAuthorization: boolean
  readonly enableSoftDelete: boolean
  readonly softDeleteRetentionInDays: number
  /** Absent, never `false`, where it was not asked for. */
  readonly enablePurgeProtection?: true
  readonly publicNetworkAccess?: string
}

export interface AccessPolicyEntry {
  readonly tenantId: string
  readonly objectId: string
  readonly applicationId?: string
  readonly permissions: {
    readonly keys?: readonly string[]
    readonly secrets?: readonly string[]
    readonly certificates?: readonly string[]
    readonly storage?: readonly string[]
  }
}

/** Every vault that is not deleted, by its name in lower case: vault names are global and case-insensitive. */
export function vaultsOf(world: World): Collection<VaultRecord> {
  return world.collection<VaultRecord>('vaults')
}
