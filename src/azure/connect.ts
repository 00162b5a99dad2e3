import type { MailService } from '../contracts/mail-service.ts'
import type { RecordStore, Stores } from '../contracts/record-store.ts'
import type { Config } from '../config/config.ts'
import { bySlot, slotIdentity } from '../domain/terms/by-slot.ts'
import type { Identity, Slot } from '../domain/terms/evidence.ts'
import type { Connection } from './call.ts'
import { createCredentials } from './credentials.ts'
import type { Events } from './events.ts'
import type { Features } from './features.ts'
import type { Graph } from './graph.ts'
import type { Keys } from './keys.ts'
import { onFirstUse } from '../lazily.ts'
import type { Policies } from './policies.ts'
import { BuiltIns } from './policy-built-ins.ts'
import type { Providers } from './providers.ts'
import type { ResourceGroups } from './resource-groups.ts'
import type { RoleAssignments } from './role-assignments.ts'
import type { Subscriptions } from './subscriptions.ts'
import type { Vaults } from './vaults.ts'

/** Azure as three identities see it: what a part cannot reach, it has no handle for (DESIGN rule 3). */
export interface Azure extends Stores {
  readonly app: AppAzure
  slot(slot: Slot): SlotAzure
}

export interface AppAzure {
  readonly graph: Graph
  readonly mail: MailService
  readonly store: RecordStore
}

export interface SlotAzure {
  readonly subscriptions: Subscriptions
  readonly events: Events
  readonly features: Features
  readonly policies: Policies
  readonly providers: Providers
  readonly resourceGroups: ResourceGroups
  readonly roleAssignments: RoleAssignments
  readonly vaults: Vaults
  readonly keys: Keys
  readonly store: RecordStore
}

/** Makes no call: clients are loaded and created when first used. */
export function connectAzure(config: Config): Azure {
  const credentials = createCredentials(config)
  const connect = (identity: Identity): Connection => ({ identity, credential: credentials[identity], config })
  const app = connectApp(connect('app'))
  const builtIns = new BuiltIns()
  const slots = bySlot((slot) => connectSlot(connect(slotIdentity(slot)), builtIns))
  const stores = { app: app.store, 'slot-1': slots[1].store, 'slot-2': slots[2].store }
  return { app, slot: (slot) => slots[slot], store: (identity) => stores[identity] }
}

function connectApp(connection: Connection): AppAzure {
  return {
    graph: onFirstUse(async () => (await import('./graph.ts')).createGraph(connection)),
    mail: onFirstUse(async () => (await import('./mail.ts')).createMail(connection)),
    store: connectStore(connection)
  }
}

function connectSlot(connection: Connection, builtIns: BuiltIns): SlotAzure {
  return {
    subscriptions: onFirstUse(async () => (await import('./subscriptions.ts')).createSubscriptions(connection)),
    events: onFirstUse(async () => (await import('./events.ts')).createEvents(connection)),
    features: onFirstUse(async () => (await import('./features.ts')).createFeatures(connection)),
    policies: onFirstUse(async () => (await import('./policies.ts')).createPolicies(connection, builtIns)),
    providers: onFirstUse(async () => (await import('./providers.ts')).createProviders(connection)),
    resourceGroups: onFirstUse(async () => (await import('./resource-groups.ts')).createResourceGroups(connection)),
    roleAssignments: onFirstUse(async () => (await import('./role-assignments.ts')).createRoleAssignments(connection)),
    vaults: onFirstUse(async () => (await import('./vaults.ts')).createVaults(connection)),
    keys: onFirstUse(async () => (await import('./keys.ts')).createKeys(connection)),
    store: connectStore(connection)
  }
}

function connectStore(connection: Connection): RecordStore {
  return onFirstUse(async () => (await import('./blobs.ts')).createBlobStore(connection))
}
