import type { Collection, World } from '../core/world.ts'

/** Where a subscription stands with `Microsoft.Resources/mandatoryRetentionPeriodEnabled`. */
export interface Retention {
  readonly subscriptionId: string
  /** Simulated milliseconds of the first register call. */
  readonly requestedAt?: number
  /** Simulated milliseconds of the first alias mail that named the subscription. */
  readonly mailedAt?: number
  /** Simulated milliseconds of Microsoft's approval. */
  readonly approvedAt?: number
}

/** By subscription id, lower-case. */
export function retentions(world: World): Collection<Retention> {
  return world.collection('retentions')
}

/** Whether the subscription can no longer be cancelled: what makes its keys `ProtectedSubscription` (R44). */
export function isRetentionRegistered(world: World, subscriptionId: string): boolean {
  return retentions(world).get(subscriptionId.toLowerCase())?.approvedAt !== undefined
}
