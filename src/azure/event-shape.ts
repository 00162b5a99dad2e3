import type { Topic, EventSubscription, DeadLetterPlace } from '../domain/resources/event-subscription.ts'
import type { ArmSubscription, ArmTopic } from './answers/event.ts'
import { shortRegion } from '../domain/terms/short-region.ts'

export const topicOf = ({ name, location, identity, properties }: ArmTopic): Topic => ({
  name,
  region: shortRegion(location),
  provisioningState: properties.provisioningState,
  identities: Object.keys(identity?.userAssignedIdentities ?? {})
})

export function subscriptionOf({ name, properties }: ArmSubscription): EventSubscription {
  const { filter, deadLetterWithResourceIdentity: letters } = properties
  const { subjectBeginsWith, subjectEndsWith, advancedFilters = [] } = filter ?? {}
  const narrowing = [subjectBeginsWith, subjectEndsWith, advancedFilters.length, properties.expirationTimeUtc]
  return {
    name,
    provisioningState: properties.provisioningState,
    endpoint: properties.destination,
    schema: properties.eventDeliverySchema,
    eventTypes: filter?.includedEventTypes ?? [],
    isNarrowed: narrowing.some(Boolean),
    deadLetter: letters ? deadLetterOf(letters.identity, letters.deadLetterDestination) : undefined
  }
}

interface Place {
  readonly resourceId: string
  readonly blobContainerName: string
}

const deadLetterOf = (
  identity: string,
  { resourceId: store, blobContainerName: container }: Place
): DeadLetterPlace => ({ identity, store, container })
