import { subscriptions } from './arm/directory.ts'
import { roleAssignments, roleDefinitions } from './arm/roles.ts'
import type { Collection, World } from './core/world.ts'
import { servicePrincipals, tenants, users } from './graph/directory.ts'
import type { Seed } from './seed-shape.ts'
import { identities } from './token/identities.ts'

/** Puts the seed into a fresh world. A world that has one keeps it; what counts is what is answered. */
export function plantSeed(world: World, seed: Seed): Seed {
  const seeds = world.collection<Seed>('seed')
  const present = seeds.get('seed')
  if (present !== undefined) return present
  tenants(world).set('tenant', seed.tenant)
  fill(identities(world), [seed.identities.app, ...seed.identities.slots], ({ clientId }) => clientId)
  fill(users(world), seed.users, ({ userPrincipalName }) => userPrincipalName)
  fill(servicePrincipals(world), seed.servicePrincipals, ({ appId }) => appId)
  fill(subscriptions(world), seed.subscriptions, ({ id }) => id)
  fill(roleDefinitions(world), seed.roleDefinitions, ({ name }) => name)
  fill(roleAssignments(world), seed.roleAssignments, ({ name }) => name)
  // Last, so that a start that was killed halfway plants all of it again.
  seeds.set('seed', seed)
  return seed
}

function fill<T extends object>(collection: Collection<T>, records: readonly T[], idOf: (record: T) => string): void {
  for (const record of records) collection.set(idOf(record).toLowerCase(), record)
}
