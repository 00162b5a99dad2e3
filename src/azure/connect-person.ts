import type { TokenCredential } from '@azure/core-auth'
import { slotIdentity } from '../domain/terms/by-slot.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import type { RecordStore } from '../contracts/record-store.ts'
import { createBlobStore } from './blobs.ts'
import type { Connection } from './call.ts'
import { once } from '../lazily.ts'
import { createKeys, type Keys } from './keys.ts'
import { createVaults, type Vaults } from './vaults.ts'

/** What a person of one slot may reach with their own credential: for restores and offline copies, never both slots. */
export interface PersonAzure {
  readonly store: RecordStore
  readonly keys: Keys
  readonly vaults: Vaults
}

export interface Person {
  readonly slot: Slot
  /** Blob endpoint of the slot's store. */
  readonly storeUrl: string
  readonly credential: TokenCredential
}

export function connectPerson({ slot, storeUrl, credential }: Person): PersonAzure {
  const identity = slotIdentity(slot)
  const stores = { app: '', 'slot-1': '', 'slot-2': '', [identity]: storeUrl }
  const config = {
    stores,
    mail: { endpoint: '', sender: '' },
    events: undefined,
    callTimeoutSeconds: 60,
    retryDelayMs: 200
  }
  const connection: Connection = { identity, credential, config }
  return { store: createBlobStore(connection), keys: createKeys(connection), vaults: createVaults(connection) }
}

/** Whoever is signed in with `az login`: a person, never one of the app's identities. */
export function personsCredential(): TokenCredential {
  const credential = once(async () => new (await import('@azure/identity')).AzureCliCredential())
  return { getToken: async (scopes, options) => (await credential()).getToken(scopes, options) }
}
