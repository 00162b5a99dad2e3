import { randomUUID } from 'node:crypto'
import type { World } from '../core/world.ts'
import type { EventSubscriptionRecord } from './topic-record.ts'
import { placeOnThisMachine } from './webhook.ts'

/** Real milliseconds. */
const patienceMs = 10_000

/**
 * Whether the webhook proves that it wants events, as Event Grid asks before it sends any.
 * CloudEvents: https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema
 * Event Grid's own: https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema
 */
export async function provesItself(world: World, asked: EventSubscriptionRecord): Promise<boolean> {
  const url = placeOnThisMachine(world, asked.endpointUrl)
  if (url === undefined) return false
  try {
    return await (asked.eventDeliverySchema === 'CloudEventSchemaV1_0'
      ? allowsOrigin(url)
      : returnsCode(url, asked.topicId))
  } catch {
    return false
  }
}

const origin = 'eventgrid.azure.net'

async function allowsOrigin(url: string): Promise<boolean> {
  const response = await fetch(url, {
    method: 'OPTIONS',
    headers: { 'webhook-request-origin': origin },
    signal: AbortSignal.timeout(patienceMs)
  })
  await response.arrayBuffer()
  return response.ok && ['*', origin].includes(response.headers.get('webhook-allowed-origin') ?? '')
}

async function returnsCode(url: string, topic: string): Promise<boolean> {
  const validationCode = randomUUID()
  const event = {
    id: randomUUID(),
    topic,
    subject: '',
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    eventTime: new Date(0).toISOString(),
    data: { validationCode },
    dataVersion: '2',
    metadataVersion: '1'
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'SubscriptionValidation' },
    body: JSON.stringify([event]),
    signal: AbortSignal.timeout(patienceMs)
  })
  const answer = (await response.json()) as { readonly validationResponse?: string }
  return response.ok && answer.validationResponse === validationCode
}
