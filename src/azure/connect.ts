import type { Config } from '../config.ts'
import { slotIdentity } from '../domain/evidence.ts'
import type { Identity, Slot } from '../domain/evidence.ts'
import { createBlobStore } from './blobs.ts'
import type { BlobStore } from './blobs.ts'
import type { Connection } from './call.ts'
import { createCredentials } from './credentials.ts'
import { createFeatures } from './features.ts'
import type { Features } from './features.ts'
import { createGraph } from './graph.ts'
import type { Graph } from './graph.ts'
import { createKeys } from './keys.ts'
import type { Keys } from './keys.ts'
import { createMail } from './mail.ts'
import type { Mail } from './mail.ts'
import { createProviders } from './providers.ts'
import type { Providers } from './providers.ts'
import { createResourceGroups } from './resource-groups.ts'
import type { ResourceGroups } from './resource-groups.ts'
import { createRoleAssignments } from './role-assignments.ts'
import type { RoleAssignments } from './role-assignments.ts'
import { createSubscriptions } from './subscriptions.ts'
import type { Subscriptions } from './subscriptions.ts'
import { createVaults } from './vaults.ts'
import type { Vaults } from './vaults.ts'

/** Azure as three identities see it: what a part cannot reach, it has no handle for (DESIGN rule 3). */
export interface Azure {
  readonly app: AppAzure
  slot(slot: Slot): SlotAzure
  /** The store of any identity, as evidence names it. */
  store(identity: Identity): BlobStore
}

export interface AppAzure {
  readonly graph: Graph
  readonly mail: Mail
  readonly store: BlobStore
}

export interface SlotAzure {
  readonly subscriptions: Subscriptions
  readonly features: Features
  readonly providers: Providers
  readonly resourceGroups: ResourceGroups
  readonly roleAssignments: RoleAssignments
  readonly vaults: Vaults
  readonly keys: Keys
  readonly store: BlobStore
}

/** Makes no call: clients are created when first used. */
export function connectAzure(config: Config): Azure {
  const credentials = createCredentials(config)
  const connect = (identity: Identity): Connection => ({ identity, credential: credentials[identity], config })
  const app = connectApp(connect('app'))
  const slots = { 1: connectSlot(connect(slotIdentity(1))), 2: connectSlot(connect(slotIdentity(2))) }
  const stores = { app: app.store, 'slot-1': slots[1].store, 'slot-2': slots[2].store }
  return { app, slot: (slot) => slots[slot], store: (identity) => stores[identity] }
}

function connectApp(connection: Connection): AppAzure {
  return { graph: createGraph(connection), mail: createMail(connection), store: createBlobStore(connection) }
}

function connectSlot(connection: Connection): SlotAzure {
  return {
    subscriptions: createSubscriptions(connection),
    features: createFeatures(connection),
    providers: createProviders(connection),
    resourceGroups: createResourceGroups(connection),
    roleAssignments: createRoleAssignments(connection),
    vaults: createVaults(connection),
    keys: createKeys(connection),
    store: createBlobStore(connection)
  }
}
