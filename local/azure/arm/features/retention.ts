import type { Collection, World } from '../../core/world.ts'

/** Where a subscription stands with `Microsoft.Resources/mandatoryRetentionPeriodEnabled`. */
export interface Retention {
  readonly subscriptionId: string
  /** Simulated milliseconds of the first register call. */
  readonly requestedAt?: number
  /** Simulated milliseconds of the first alias mail that named the subscription. */
  readonly mailedAt?: number
  /** Simulated milliseconds of Microsoft's approval. */
  readonly approvedAt?: number
  /** Simulated milliseconds of Microsoft's refusal; asking again takes it away. */
  readonly refusedAt?: number
  /** Simulated milliseconds of the day on which somebody took the registration back. */
  readonly unregisteredAt?: number
  /** When Microsoft answered for another subscription and said nothing about this one. */
  readonly passedOver?: number
  /** Asked after it had been refused, taken back or passed over. */
  readonly askedAgain?: true
  /** The state that Azure shows in place of the one that follows from the instants, e.g. `Unregistered`. */
  readonly shows?: string
  /** False while the approval has not reached the keys yet: nobody documents how long that takes. */
  readonly reachesKeys?: boolean
}

/** By subscription id, lower-case. */
export function retentions(world: World): Collection<Retention> {
  return world.collection('retentions')
}

/** Whether the subscription can no longer be cancelled: what makes its keys `ProtectedSubscription` (R44). */
export function isRetentionRegistered(world: World, subscriptionId: string): boolean {
  const isReached = retentions(world).get(subscriptionId.toLowerCase())?.reachesKeys !== false
  return isReached && retentionState(world, subscriptionId) === 'Registered'
}

/**
 * The state as ARM words it. A refusal shows as `NotRegistered`; taken back by API, it is `Unregistered`
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/preview-features).
 */
export function retentionState(world: World, subscriptionId: string): string {
  const retention = retentions(world).get(subscriptionId.toLowerCase())
  if (retention?.shows !== undefined) return retention.shows
  if (retention?.unregisteredAt !== undefined) return 'Unregistered'
  if (retention?.approvedAt !== undefined) return 'Registered'
  return retention?.requestedAt === undefined || retention.refusedAt !== undefined ? 'NotRegistered' : 'Pending'
}
