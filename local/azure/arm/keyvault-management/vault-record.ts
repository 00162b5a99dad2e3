import type { Collection, World } from '../../core/world.ts'

/** A vault as ARM keeps it and as its data plane obeys it. */
export interface VaultRecord {
  /** ARM resource id. */
  readonly id: string
  /** As it was written when created; unique in all of Azure without regard to case. */
  readonly name: string
  readonly location: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly tags: Readonly<Record<string, string>>
  readonly properties: VaultProperties
  /** Simulated time, ISO 8601. */
  readonly createdAt: string
  /** Client id of who created it. */
  readonly createdBy: string
  /** Simulated milliseconds: until then the vault is `RegisteringDns` and its host name does not resolve. */
  readonly dnsReadyAt: number
  /** Simulated milliseconds from which on every resolver has the name, later than Azure says. */
  readonly resolvesAt?: number
  /** By object id, lower-case: simulated milliseconds from which on the data plane has heard of a changed access policy. */
  readonly policiesHeardAt?: Readonly<Record<string, number>>
}

export interface VaultProperties {
  readonly tenantId: string
  readonly sku: { readonly family: 'A'; readonly name: 'standard' | 'premium' }
  readonly accessPolicies: readonly AccessPolicy[]
  readonly enabledForDeployment: boolean
  readonly enabledForDiskEncryption: boolean
  readonly enabledForTemplateDeployment: boolean
  readonly enableSoftDelete: true
  /** 7–90; fixed at creation. */
  readonly softDeleteRetentionInDays: number
  readonly enableRbacAuthorization: boolean
  /** Absent until it is enabled; it is never disabled again. */
  readonly enablePurgeProtection?: true
  readonly networkAcls?: object
  readonly publicNetworkAccess: string
}

export interface AccessPolicy {
  readonly tenantId: string
  readonly objectId: string
  readonly applicationId?: string
  /** In the spelling they were given, e.g. `wrapKey`; compared without regard to case. */
  readonly permissions: {
    readonly keys?: readonly string[]
    readonly secrets?: readonly string[]
    readonly certificates?: readonly string[]
    readonly storage?: readonly string[]
  }
}

/** By lower-case name. */
export function vaults(world: World): Collection<VaultRecord> {
  return world.collection('vaults')
}

/** Names that somebody in another tenant holds, by lower-case name. */
export function namesHeldElsewhere(world: World): Collection<object> {
  return world.collection('names-held-elsewhere')
}

/** A deleted vault keeps its name for the length of its retention. */
export interface DeletedVaultRecord {
  readonly vault: VaultRecord
  /** Simulated milliseconds. */
  readonly deletedAt: number
}

/** By lower-case name. */
export function deletedVaults(world: World): Collection<DeletedVaultRecord> {
  return world.collection('deleted-vaults')
}
