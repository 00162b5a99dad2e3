import type { RecordStore } from '../contracts/record-store.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import type { VaultPlan } from '../domain/plan/plan.ts'
import { vaultIdOf } from '../domain/terms/vault-id.ts'
import { putRecord } from './records.ts'

/** A vault and where it is; its keys are whatever is in it. */
export type VaultHome = Omit<VaultPlan, 'keyName'>

/** What the app keeps of a vault it manages: an event about any other vault is nothing to it. */
export interface ManagedVault {
  /** ARM id, lower case. */
  readonly vaultId: string
  /** The onboarding that made it, or `adopted`. */
  readonly onboarding: string
  readonly slot: Slot
  readonly vault: VaultHome
}

/** Remembers a vault among those the app manages. The first record stays: names and places of vaults are final. */
export async function rememberVault(records: RecordStore, onboarding: string, vault: VaultHome): Promise<void> {
  const managed: ManagedVault = { vaultId: vaultIdOf(vault), onboarding, slot: vault.slot, vault }
  await putRecord(records, placeOf(vault.vaultName).name, managed)
}

/** The managed vault of that name; undefined when the app manages none. */
export async function findManagedVault(records: RecordStore, vaultName: string): Promise<ManagedVault | undefined> {
  const { value } = await records.read(placeOf(vaultName))
  return value && (JSON.parse(new TextDecoder().decode(value.bytes)) as ManagedVault) // written by rememberVault alone
}

/** Names of all managed vaults, lower case. */
export async function managedVaultNames(records: RecordStore): Promise<string[]> {
  const { value } = await records.list('records', folder)
  return value.map((name) => name.slice(folder.length, -extension.length))
}

const folder = 'vaults/'
const extension = '.json'

const placeOf = (vaultName: string) =>
  ({ container: 'records', name: `${folder}${vaultName.toLowerCase()}${extension}` }) as const
