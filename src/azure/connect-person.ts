import type { TokenCredential } from '@azure/core-auth'
import { slotIdentity } from '../domain/terms/by-slot.ts'
import type { Identity, Slot } from '../domain/terms/evidence.ts'
import type { RecordStore } from '../contracts/record-store.ts'
import { createBlobStore } from './blobs.ts'
import type { Connection } from './call.ts'
import { createDeployed, type Deployed } from './deployed.ts'
import { createEraser, type Eraser } from './erase-blobs.ts'
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
  const connection = connectionOf(slotIdentity(slot), { storeUrl, credential })
  return { store: createBlobStore(connection), keys: createKeys(connection), vaults: createVaults(connection) }
}

/** The records and the ledger of the app, for whoever erases a person with a right of their own. */
export function connectEraser(person: Omit<Person, 'slot'>): { readonly store: RecordStore; readonly eraser: Eraser } {
  const connection = connectionOf('app', person)
  return { store: createBlobStore(connection), eraser: createEraser(connection) }
}

/** What was deployed, as whoever is signed in may see it: of all three subscriptions, and of no key. */
export const connectInspector = (credential: TokenCredential): Deployed =>
  createDeployed(connectionOf('app', { storeUrl: '', credential }))

function connectionOf(identity: Identity, { storeUrl, credential }: Omit<Person, 'slot'>): Connection {
  const stores = { app: '', 'slot-1': '', 'slot-2': '', [identity]: storeUrl }
  const mail = { endpoint: '', sender: '' }
  return {
    identity,
    credential,
    config: { stores, mail, events: undefined, callTimeoutSeconds: 60, retryDelayMs: 200 }
  }
}

/** Whoever is signed in with `az login`: a person, never one of the app's identities. */
export function personsCredential(): TokenCredential {
  const credential = once(async () => new (await import('@azure/identity')).AzureCliCredential())
  return { getToken: async (scopes, options) => (await credential()).getToken(scopes, options) }
}
