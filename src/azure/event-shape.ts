import type { Topic, EventSubscription, DeadLetterPlace, EventTarget } from '../domain/resources/event-subscription.ts'
import { z } from 'zod'
import { deadLetterContainer, eventSchema } from '../domain/checks/events.ts'
import { keyEventTypes } from '../domain/backups/key-event.ts'
import { shortRegion } from '../domain/terms/short-region.ts'

// Shapes of https://learn.microsoft.com/rest/api/eventgrid, as far as they are read.
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')

const topic = z.object({
  id: z.string(),
  name: z.string(),
  location: z.string(),
  identity: z.object({ userAssignedIdentities: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  properties: z.object({ source: text, provisioningState: text })
})

const subscription = z.object({
  name: z.string(),
  properties: z.object({
    provisioningState: text,
    destination: z
      .object({ properties: z.object({ endpointBaseUrl: text }).nullish() })
      .nullish()
      .transform((found) => found?.properties?.endpointBaseUrl ?? ''),
    filter: z
      .object({
        includedEventTypes: z
          .array(z.string())
          .nullish()
          .transform((types) => types ?? []),
        subjectBeginsWith: text,
        subjectEndsWith: text,
        advancedFilters: z
          .array(z.unknown())
          .nullish()
          .transform((filters) => filters ?? [])
      })
      .nullish(),
    expirationTimeUtc: text,
    eventDeliverySchema: text,
    deadLetterWithResourceIdentity: z
      .object({
        identity: z
          .object({ userAssignedIdentity: text })
          .nullish()
          .transform((found) => found?.userAssignedIdentity ?? ''),
        deadLetterDestination: z
          .object({ properties: z.object({ resourceId: text, blobContainerName: text }).nullish() })
          .nullish()
          .transform((found) => found?.properties ?? { resourceId: '', blobContainerName: '' })
      })
      .nullish()
  })
})

const pageOf = <T>(item: z.ZodType<T>) => z.object({ value: z.array(item), nextLink: z.string().nullish() })

export const topicPage = pageOf(topic)
export const subscriptionPage = pageOf(subscription)

export type ArmTopic = z.output<typeof topic>

export const topicOf = ({ name, location, identity, properties }: ArmTopic): Topic => ({
  name,
  region: shortRegion(location),
  provisioningState: properties.provisioningState,
  identities: Object.keys(identity?.userAssignedIdentities ?? {})
})

export function subscriptionOf({ name, properties }: z.output<typeof subscription>): EventSubscription {
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
