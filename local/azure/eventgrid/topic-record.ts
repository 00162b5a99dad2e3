import type { Collection, World } from '../core/world.ts'

/** A system topic: what one resource of Azure tells Event Grid. */
export interface SystemTopicRecord {
  /** ARM id. */
  readonly id: string
  readonly name: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly location: string
  readonly tags: Readonly<Record<string, string>>
  /** ARM id of the resource the events come from. */
  readonly source: string
  readonly topicType: string
  /** ARM ids of its user-assigned identities, as they were given. */
  readonly identities: readonly string[]
  /** Set by tests alone: the state that Azure shows in place of the one that follows from `readyAt`. */
  readonly shows?: string
  /** Simulated milliseconds: until then it is `Creating`. */
  readonly readyAt: number
}

/** By ARM id, lower-case. */
export function systemTopics(world: World): Collection<SystemTopicRecord> {
  return world.collection('system-topics')
}

/** Who is told of a topic's events. */
export interface EventSubscriptionRecord {
  /** ARM id; begins with that of its topic. */
  readonly id: string
  readonly name: string
  readonly topicId: string
  /** ARM id of the resource the events come from. */
  readonly source: string
  /** With its query: Azure never shows it again. */
  readonly endpointUrl: string
  readonly eventDeliverySchema: EventDeliverySchema
  readonly includedEventTypes: readonly string[]
  readonly maxDeliveryAttempts: number
  readonly eventTimeToLiveInMinutes: number
  readonly deadLetter?: DeadLetterPlace
  /** Set by tests alone: the state that Azure shows in place of the one that follows from `readyAt`. */
  readonly shows?: string
  /** Simulated milliseconds: until then it is `Creating`. */
  readonly readyAt: number
}

/** The last is for custom topics alone. */
export type EventDeliverySchema = 'CloudEventSchemaV1_0' | 'EventGridSchema' | 'CustomInputSchema'

export interface DeadLetterPlace {
  /** ARM id of the user-assigned identity that writes there. */
  readonly identity: string
  /** ARM id of the storage account. */
  readonly account: string
  readonly container: string
}

/** By ARM id, lower-case. */
export function eventSubscriptions(world: World): Collection<EventSubscriptionRecord> {
  return world.collection('event-subscriptions')
}

/** A user-assigned identity as a resource: what a topic may be given. */
export interface AssignedIdentityRecord {
  readonly id: string
  readonly objectId: string
  readonly clientId: string
}

/** By ARM id, lower-case. */
export function assignedIdentities(world: World): Collection<AssignedIdentityRecord> {
  return world.collection('assigned-identities')
}
