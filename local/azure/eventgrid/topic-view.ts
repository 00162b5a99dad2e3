import type { Surroundings } from '../core/service.ts'
import { stableGuid } from '../stable-guid.ts'
import {
  assignedIdentities,
  type DeadLetterPlace,
  type EventSubscriptionRecord,
  type SystemTopicRecord
} from './topic-record.ts'

/** A system topic as ARM answers it. */
export function systemTopicView(topic: SystemTopicRecord, { world, clock }: Surroundings, state?: string): object {
  const { id, name, location, tags, source, topicType, identities, shows, readyAt } = topic
  const held = identities.map(
    (each) =>
      [
        each,
        {
          principalId: assignedIdentities(world).get(each.toLowerCase())?.objectId ?? '',
          clientId: assignedIdentities(world).get(each.toLowerCase())?.clientId ?? ''
        }
      ] as const
  )
  return {
    id,
    name,
    type: 'Microsoft.EventGrid/systemTopics',
    location,
    // Event Grid writes null for whatever is not there.
    tags: Object.keys(tags).length === 0 ? null : tags,
    systemData: null,
    identity: {
      type: held.length === 0 ? 'None' : 'UserAssigned',
      principalId: null,
      tenantId: null,
      userAssignedIdentities: held.length === 0 ? null : Object.fromEntries(held)
    },
    properties: {
      provisioningState: state ?? shows ?? stateAt(readyAt, clock.now()),
      source,
      topicType,
      metricResourceId: stableGuid(id, 'metrics')
    }
  }
}

/** An event subscription as ARM answers it: of the endpoint's address only what stands before the query. */
export function eventSubscriptionView(found: EventSubscriptionRecord, now: number, state?: string): object {
  const { id, name, topicId, endpointUrl, eventDeliverySchema, includedEventTypes, deadLetter } = found
  const { maxDeliveryAttempts, eventTimeToLiveInMinutes } = found
  return {
    id,
    name,
    type: 'Microsoft.EventGrid/systemTopics/eventSubscriptions',
    systemData: null,
    properties: {
      topic: topicId.toLowerCase(),
      provisioningState: state ?? found.shows ?? stateAt(found.readyAt, now),
      destination: {
        endpointType: 'WebHook',
        properties: {
          endpointUrl: null,
          endpointBaseUrl: endpointUrl.split('?', 1)[0],
          maxEventsPerBatch: 1,
          preferredBatchSizeInKilobytes: 64
        }
      },
      filter: { includedEventTypes },
      labels: null,
      eventDeliverySchema,
      retryPolicy: { maxDeliveryAttempts, eventTimeToLiveInMinutes },
      ...(deadLetter && { deadLetterWithResourceIdentity: deadLetterView(deadLetter) })
    }
  }
}

function deadLetterView({ identity, account, container }: DeadLetterPlace): object {
  return {
    identity: { type: 'UserAssigned', userAssignedIdentity: identity },
    deadLetterDestination: {
      endpointType: 'StorageBlob',
      properties: { resourceId: account, blobContainerName: container }
    }
  }
}

const stateAt = (readyAt: number, now: number): string => (now < readyAt ? 'Creating' : 'Succeeded')
