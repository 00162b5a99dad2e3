import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { vaultHome, type VaultHome } from '../domain/plan/plan.ts'
import { slot } from '../domain/terms/fields.ts'
import { vaultIdOf } from '../domain/terms/vault-id.ts'
import { defineRecord } from './define-record.ts'

/** What the app keeps of a vault it manages: an event about any other vault is nothing to it. */
export type ManagedVault = Readonly<z.output<typeof schema>>

const schema = z.object({
  /** ARM id, lower case. */
  vaultId: z.string(),
  /** The onboarding that made it, or `adopted`. */
  onboarding: z.string(),
  slot,
  vault: vaultHome
})

const folder = 'vaults/'
const extension = '.json'

const record = defineRecord({
  kind: 'managed vault',
  format: 1,
  schema,
  name: (vaultName: string) => `${folder}${vaultName.toLowerCase()}${extension}`
})

/** Remembers a vault among those the app manages. The first record stays: names and places of vaults are final. */
export async function writeManagedVault(store: RecordStore, onboarding: string, vault: VaultHome): Promise<void> {
  await record.put(store, vault.vaultName, { vaultId: vaultIdOf(vault), onboarding, slot: vault.slot, vault })
}

/** The managed vault of that name; undefined when the app manages none. */
export const readManagedVault = (store: RecordStore, vaultName: string): Promise<ManagedVault | undefined> =>
  record.read(store, vaultName)

/** Names of all managed vaults, lower case. */
export async function managedVaultNames(store: RecordStore): Promise<string[]> {
  const { value } = await store.list('records', folder)
  return value.map((name) => name.slice(folder.length, -extension.length))
}
