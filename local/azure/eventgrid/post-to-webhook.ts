import type { EventGridEvent } from './key-event.ts'
import type { Webhook } from './webhook.ts'

/** `refused`: Event Grid does not try again; `failed`: it does. */
export type Outcome = 'delivered' | 'refused' | 'failed'

/** Statuses after which Event Grid gives up at once. */
const final = [400, 401, 403, 413]

/** Real milliseconds; Event Grid waits 30 s for an answer. */
const patienceMs = 30_000

/** Posts one event as the webhook of a Functions host expects it: an array of one. */
export async function postToWebhook({ hostBase, functionName }: Webhook, event: EventGridEvent): Promise<Outcome> {
  const url = `${hostBase}/runtime/webhooks/EventGrid?functionName=${encodeURIComponent(functionName)}`
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
      body: JSON.stringify([event]),
      signal: AbortSignal.timeout(patienceMs)
    })
    await response.arrayBuffer()
    if (response.ok) return 'delivered'
    return final.includes(response.status) ? 'refused' : 'failed'
  } catch {
    return 'failed'
  }
}
