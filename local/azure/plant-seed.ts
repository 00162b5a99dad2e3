import {
  otherResources,
  registeredProviders,
  subscriptions,
  type ProviderRecord,
  type SubscriptionRecord
} from './arm/resources/records.ts'
import { roleAssignments, roleDefinitions } from './arm/authorization/roles.ts'
import type { Collection, World } from './core/world.ts'
import { assignedIdentities } from './eventgrid/topic-record.ts'
import { groups } from './graph/groups.ts'
import {
  appRoleAssignments,
  servicePrincipals,
  tenants,
  users,
  type ServicePrincipalRecord
} from './graph/directory.ts'
import type { Seed } from './seed-shape.ts'
import { identities, type Identity } from './token/identities.ts'

/** Puts the seed into a fresh world. A world that has one keeps it; what counts is what is answered. */
export function plantSeed(world: World, seed: Seed): Seed {
  const seeds = world.collection<Seed>('seed')
  const present = seeds.get('seed')
  if (present !== undefined) return present
  const managed = [seed.identities.app, ...seed.identities.slots]
  tenants(world).set('tenant', seed.tenant)
  fill(identities(world), managed, ({ clientId }) => clientId)
  // Microsoft Graph shows a managed identity as the service principal that it is.
  fill(servicePrincipals(world), managed.map(asServicePrincipal), ({ appId }) => appId)
  fill(users(world), seed.users, ({ userPrincipalName }) => userPrincipalName)
  fill(groups(world), seed.groups, ({ id }) => id)
  fill(servicePrincipals(world), seed.servicePrincipals, ({ appId }) => appId)
  fill(appRoleAssignments(world), seed.appRoleAssignments, ({ id }) => id)
  fill(subscriptions(world), seed.subscriptions, ({ id }) => id)
  fill(registeredProviders(world), seed.subscriptions.map(withKeyVault), keyOfProvider)
  fill(assignedIdentities(world), seed.deadLetterIdentities, ({ id }) => id)
  fill(otherResources(world), seed.otherResources, ({ id }) => id)
  fill(roleDefinitions(world), seed.roleDefinitions, ({ name }) => name)
  fill(roleAssignments(world), seed.roleAssignments, ({ name }) => name)
  // Last, so that a start that was killed halfway plants all of it again.
  seeds.set('seed', seed)
  return seed
}

/** The portal registers the provider when somebody looks at key vaults there for the first time. */
function withKeyVault({ id }: SubscriptionRecord): ProviderRecord {
  return { subscriptionId: id, namespace: 'Microsoft.KeyVault' }
}

function keyOfProvider({ subscriptionId, namespace }: ProviderRecord): string {
  return `${subscriptionId}/${namespace}`
}

function asServicePrincipal({ objectId, clientId, name }: Identity): ServicePrincipalRecord {
  return { id: objectId, appId: clientId, displayName: name }
}

function fill<T extends object>(collection: Collection<T>, records: readonly T[], idOf: (record: T) => string): void {
  for (const record of records) collection.set(idOf(record).toLowerCase(), record)
}
