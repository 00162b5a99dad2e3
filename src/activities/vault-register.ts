import type { BlobStore } from '../azure/blobs.ts'
import type { Slot } from '../domain/evidence.ts'
import type { VaultPlan } from '../domain/plan.ts'

/** What the app keeps of a vault it manages: an event about any other vault is nothing to it. */
export interface ManagedVault {
  /** ARM id, lower case. */
  readonly vaultId: string
  readonly onboarding: string
  readonly slot: Slot
  readonly vault: VaultPlan
}

/** Remembers a vault among those the app manages. The first record stays: names and places of vaults are final. */
export async function rememberVault(records: BlobStore, onboarding: string, vault: VaultPlan): Promise<void> {
  const managed: ManagedVault = { vaultId: vaultIdOf(vault), onboarding, slot: vault.slot, vault }
  const bytes = new TextEncoder().encode(JSON.stringify(managed))
  await records.putNew(placeOf(vault.vaultName), { bytes, contentType: 'application/json' })
}

/** The managed vault of that name; undefined when the app manages none. */
export async function findManagedVault(records: BlobStore, vaultName: string): Promise<ManagedVault | undefined> {
  const { value } = await records.read(placeOf(vaultName))
  return value && (JSON.parse(new TextDecoder().decode(value.bytes)) as ManagedVault) // written by rememberVault alone
}

export function vaultIdOf({ subscriptionId, resourceGroup, vaultName }: VaultPlan): string {
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vaultName}`
  return path.toLowerCase()
}

const placeOf = (vaultName: string) => ({ container: 'records', name: `vaults/${vaultName.toLowerCase()}.json` } as const)
