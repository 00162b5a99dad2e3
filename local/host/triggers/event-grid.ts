import { randomUUID } from 'node:crypto'
import { type Answer, type Exchange, json } from '../http/exchange.ts'
import { type Log, messageOf } from '../log.ts'
import type { ExtraInputs, Invoke } from '../worker/invoke.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { triggerOf } from '../worker/supported.ts'

export const EVENT_GRID_PATH = '/runtime/webhooks/eventgrid'

export interface EventGridOptions {
  readonly functions: Iterable<RegisteredFunction>
  readonly invoke: Invoke
  readonly log: Log
  readonly extraInputs: ExtraInputs
}

/**
 * The Event Grid webhook: `?functionName=…`. Does the validation handshakes of both schemas, and answers a delivery
 * with 202 only when the function has succeeded for every event in it; with 500 otherwise, so that it comes again.
 */
export function createEventGridWebhook(options: EventGridOptions): (exchange: Exchange) => Promise<Answer> {
  const functions = new Map(
    [...options.functions]
      .filter((one) => triggerOf(one).type === 'eventgridtrigger')
      .map((one) => [one.name.toLowerCase(), one])
  )
  return async ({ method, url, headers, body }) => {
    const target = functions.get((url.searchParams.get('functionName') ?? '').toLowerCase())
    if (!target) return { status: 404 }
    // CloudEvents: https://github.com/cloudevents/spec, HTTP 1.1 Web Hooks, abuse protection.
    if (method === 'OPTIONS') return { status: 200, headers: allowed(headers['webhook-request-origin']) }
    const events = method === 'POST' ? parseEvents(body) : undefined
    if (!events) return { status: 400 }
    const type = headers['aeg-event-type']?.toLowerCase()
    if (type === 'subscriptionvalidation') return json(200, { validationResponse: validationCode(events[0]) })
    return type === 'unsubscribe' ? { status: 202 } : deliver(options, target, events)
  }
}

function allowed(origin = '*'): Record<string, string> {
  return { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' }
}

async function deliver(
  { invoke, log, extraInputs }: EventGridOptions,
  target: RegisteredFunction,
  events: readonly object[]
): Promise<Answer> {
  const calls = await Promise.allSettled(
    events.map((event) =>
      invoke({
        target,
        inputs: [{ name: triggerOf(target).name, data: { json: JSON.stringify(event) } }, ...extraInputs(target)],
        triggerMetadata: { data: { json: JSON.stringify('data' in event ? event.data : null) } }
      })
    )
  )
  const failures = calls.filter((call) => call.status === 'rejected')
  for (const { reason } of failures) log({ level: 'error', source: target.name, message: messageOf(reason) })
  return { status: failures.length === 0 ? 202 : 500 }
}

/** Event Grid posts arrays; CloudEvents come singly or in an array. */
function parseEvents(body: Buffer): object[] | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    const events: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
    return events.every((event) => typeof event === 'object' && event !== null) ? events : undefined
  } catch {
    return undefined
  }
}

function validationCode(event: object | undefined): string {
  const data = event && 'data' in event ? event.data : undefined
  const code = typeof data === 'object' && data !== null && 'validationCode' in data ? data.validationCode : undefined
  return typeof code === 'string' ? code : randomUUID()
}
