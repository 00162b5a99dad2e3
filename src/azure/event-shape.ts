import type { Topic, EventSubscription, DeadLetterPlace, EventTarget } from '../domain/resources/event-subscription.ts'
import type { ArmSubscription, ArmTopic } from './answers/event.ts'
import { deadLetterContainer, eventSchema } from '../domain/checks/events.ts'
import { keyEventTypes } from '../domain/backups/key-event.ts'
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

/** What is asked for: every property explicit (DESIGN rule 6). `source`: ARM id of the vault. */
export const requestedTopic = (source: string, wanted: EventTarget, tags: Readonly<Record<string, string>>) => ({
  location: wanted.region,
  tags,
  identity: { type: 'UserAssigned', userAssignedIdentities: { [wanted.deadLetterIdentity]: {} } },
  properties: { source, topicType: 'Microsoft.KeyVault.vaults' }
})

/** `endpointUrl` holds the key: it goes into the request and nowhere else. */
export const requestedSubscription = (endpointUrl: string, { deadLetterIdentity, deadLetterStore }: EventTarget) => ({
  properties: {
    destination: {
      endpointType: 'WebHook',
      properties: { endpointUrl, maxEventsPerBatch: 1, preferredBatchSizeInKilobytes: 64 }
    },
    eventDeliverySchema: eventSchema,
    filter: { includedEventTypes: keyEventTypes },
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 },
    deadLetterWithResourceIdentity: {
      identity: { type: 'UserAssigned', userAssignedIdentity: deadLetterIdentity },
      deadLetterDestination: {
        endpointType: 'StorageBlob',
        properties: { resourceId: deadLetterStore, blobContainerName: deadLetterContainer }
      }
    }
  }
})
