import type { Collection, World } from '../../core/world.ts'

/** A subscription of the tenant. */
export interface SubscriptionRecord {
  readonly id: string
  readonly tenantId: string
  readonly displayName: string
  readonly state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled' | 'Deleted'
  /** Says the offer, e.g. `EnterpriseAgreement_2014-09-01`. */
  readonly quotaId: string
  readonly spendingLimit: 'On' | 'Off' | 'CurrentPeriodOff'
}

/** By id, lower-case. */
export function subscriptions(world: World): Collection<SubscriptionRecord> {
  return world.collection('subscriptions')
}

export interface ResourceGroupRecord {
  readonly id: string
  readonly subscriptionId: string
  readonly name: string
  readonly location: string
  readonly tags: Readonly<Record<string, string>>
}

/** By resource id, lower-case. */
export function resourceGroups(world: World): Collection<ResourceGroupRecord> {
  return world.collection('resource-groups')
}

/** A resource that is no group, vault or system topic: a slot's store, or what a subscription for keys should not hold (R12). */
export interface OtherResourceRecord {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly location: string
  readonly subscriptionId: string
  readonly tags?: Readonly<Record<string, string>>
}

/** By resource id, lower-case. */
export function otherResources(world: World): Collection<OtherResourceRecord> {
  return world.collection('other-resources')
}

export interface ProviderRecord {
  readonly subscriptionId: string
  readonly namespace: string
  /** Simulated milliseconds; absent: long ago. Until then it is `Registering`. */
  readonly readyAt?: number
}

/** Providers a subscription has registered, by `{subscription}/{namespace}`, lower-case. */
export function registeredProviders(world: World): Collection<ProviderRecord> {
  return world.collection('registered-providers')
}
