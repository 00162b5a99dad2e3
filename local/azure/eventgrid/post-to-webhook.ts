import { cloudEventOf, type EventGridEvent } from './key-event.ts'
import type { EventDeliverySchema } from './topic-record.ts'

/** `refused`: Event Grid does not try again; `failed`: it does. */
export type Outcome = 'delivered' | 'refused' | 'failed'

/** Statuses after which Event Grid gives up at once. */
const final = [400, 401, 403, 413]

/** Real milliseconds; Event Grid waits 30 s for an answer. */
const patienceMs = 30_000

/** Posts one event in the schema that was subscribed to. */
export async function postToWebhook(url: string, schema: EventDeliverySchema, event: EventGridEvent): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': isCloud(schema)
          ? 'application/cloudevents+json; charset=utf-8'
          : 'application/json; charset=utf-8',
        'aeg-event-type': 'Notification'
      },
      body: JSON.stringify(postedAs(schema, event)),
      signal: AbortSignal.timeout(patienceMs)
    })
    await response.arrayBuffer()
    if (response.ok) return 'delivered'
    return final.includes(response.status) ? 'refused' : 'failed'
  } catch {
    return 'failed'
  }
}

/** CloudEvents are posted singly, Event Grid's own as an array of one. */
export function postedAs(schema: EventDeliverySchema, event: EventGridEvent): object {
  return isCloud(schema) ? cloudEventOf(event) : [event]
}

const isCloud = (schema: EventDeliverySchema): boolean => schema === 'CloudEventSchemaV1_0'
