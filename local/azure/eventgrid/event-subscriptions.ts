import { same } from '../core/same-text.ts'
import { authorize, openSubscription } from '../arm/authorization/authorize.ts'
import { isObject, readJson } from '../arm/read-json.ts'
import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../core/service.ts'
import { readDeadLetter } from './dead-letter-place.ts'
import { provesItself } from './handshake.ts'
import { eventGridApiVersions as apiVersions, topicId, topicsPath, type TopicAddress } from './system-topics.ts'
import {
  eventSubscriptions,
  systemTopics,
  type EventDeliverySchema,
  type EventSubscriptionRecord,
  type SystemTopicRecord
} from './topic-record.ts'
import { eventSubscriptionView } from './topic-view.ts'

const path = `${topicsPath}/{topic}/eventSubscriptions`
const ACTIONS = 'Microsoft.EventGrid/systemTopics/eventSubscriptions'

/** https://learn.microsoft.com/rest/api/eventgrid/controlplane/system-topic-event-subscriptions */
export const eventSubscriptionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    operation: 'eventSubscriptions.listBySystemTopic',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '' }, around) => {
      const scope = topicId({ sub, group, topic })
      openSubscription(sub, { request, around, action: `${ACTIONS}/read`, scope })
      const { id } = requireTopic({ sub, group, topic }, around)
      const value = eventSubscriptions(around.world)
        .values()
        .filter(({ topicId: of }) => same(of, id))
      return { status: 200, json: { value: value.map((each) => eventSubscriptionView(each, around.clock.now())) } }
    }
  },
  {
    method: 'PUT',
    path: `${path}/{name}`,
    operation: 'eventSubscriptions.createOrUpdate',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '', name = '' }, around) =>
      putSubscription(request, { sub, group, topic, name }, around)
  }
]

/** Made once the webhook has proved that it wants the events; otherwise Azure takes the request and makes nothing. */
async function putSubscription(
  request: SimulatedRequest,
  address: TopicAddress & { readonly name: string },
  around: Surroundings
): Promise<SimulatedResponse> {
  const id = `${topicId(address)}/eventSubscriptions/${address.name}`
  openSubscription(address.sub, { request, around, action: `${ACTIONS}/write`, scope: id })
  const topic = requireTopic(address, around)
  // https://learn.microsoft.com/azure/event-grid/security-authorization: the right on the source of the events.
  authorize({ request, around, action: 'Microsoft.EventGrid/eventSubscriptions/write', scope: topic.source })
  if (around.clock.now() < topic.readyAt)
    throw new AzureError(409, 'Conflict', `The system topic '${topic.name}' is being made.`)
  const record = readSubscription(request, { id, name: address.name, topic }, around)
  if (await provesItself(around.world, record)) eventSubscriptions(around.world).set(id.toLowerCase(), record)
  return { status: 201, json: eventSubscriptionView(record, around.clock.now(), 'Creating') }
}

interface SubscriptionRequest {
  readonly id: string
  readonly name: string
  readonly topic: SystemTopicRecord
}

function readSubscription(
  request: SimulatedRequest,
  { id, name, topic }: SubscriptionRequest,
  around: Surroundings
): EventSubscriptionRecord {
  if (!/^[a-z0-9-]{3,64}$/i.test(name)) throw invalid(`The event subscription name '${name}' is not valid.`)
  const { properties } = readJson(request)
  const asked = isObject(properties) ? properties : {}
  const { retryPolicy } = asked
  const { maxDeliveryAttempts = 30, eventTimeToLiveInMinutes = 1440 } = isObject(retryPolicy) ? retryPolicy : {}
  const deadLetter = readDeadLetter(asked['deadLetterWithResourceIdentity'], topic, around)
  return {
    id,
    name,
    topicId: topic.id,
    source: topic.source,
    endpointUrl: readEndpoint(asked['destination']),
    eventDeliverySchema: readSchema(asked['eventDeliverySchema']),
    includedEventTypes: readTypes(asked['filter']),
    maxDeliveryAttempts: wholeNumber(maxDeliveryAttempts, 30),
    eventTimeToLiveInMinutes: wholeNumber(eventTimeToLiveInMinutes, 1440),
    ...(deadLetter && { deadLetter }),
    readyAt: around.clock.now()
  }
}

function readEndpoint(destination: unknown): string {
  const { endpointType, properties } = isObject(destination) ? destination : {}
  const { endpointUrl } = isObject(properties) ? properties : {}
  if (endpointType !== 'WebHook')
    throw invalid(`The destination '${String(endpointType)}' is not simulated: it must be WebHook.`)
  if (typeof endpointUrl === 'string' && /^https:\/\/[^/]+\//i.test(endpointUrl)) return endpointUrl
  throw new AzureError(400, 'InvalidRequest', 'The webhook endpoint must be an address with the scheme https.')
}

function readSchema(value: unknown = 'EventGridSchema'): EventDeliverySchema {
  if (value === 'CloudEventSchemaV1_0' || value === 'EventGridSchema') return value
  throw invalid(`The event delivery schema '${String(value)}' is not valid for a system topic.`)
}

const everyType = [
  'CertificateNewVersionCreated',
  'CertificateNearExpiry',
  'CertificateExpired',
  'KeyNewVersionCreated',
  'KeyNearExpiry',
  'KeyExpired',
  'SecretNewVersionCreated',
  'SecretNearExpiry',
  'SecretExpired',
  'VaultAccessPolicyChanged'
].map((type) => `Microsoft.KeyVault.${type}`)

function readTypes(filter: unknown): string[] {
  const { includedEventTypes } = isObject(filter) ? filter : {}
  if (!Array.isArray(includedEventTypes)) return everyType
  const types = includedEventTypes.map(String)
  const unknown = types.find((type) => !everyType.includes(type))
  if (unknown !== undefined) throw invalid(`The event type '${unknown}' is not one of the source's.`)
  return types
}

function wholeNumber(value: unknown, most: number): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw invalid(`The retry policy's '${String(value)}' must be a whole number from 1 to ${String(most)}.`)
}

export function requireTopic(address: TopicAddress, { world }: Surroundings): SystemTopicRecord {
  const found = systemTopics(world).get(topicId(address).toLowerCase())
  if (found !== undefined) return found
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.EventGrid/systemTopics/${address.topic}' under resource group '${address.group}' was not found.`
  )
}

const invalid = (message: string): AzureError => new AzureError(400, 'InvalidRequest', message)
