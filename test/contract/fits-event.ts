import type { Facts } from './facts.ts'
import { faultsOfValue } from './fits-shape.ts'

/** Why what Event Grid posts to a webhook (one CloudEvent, or a list in its own schema) is not what is defined. */
export function faultsOfPosted(facts: Facts, posted: unknown): string[] {
  return Array.isArray(posted)
    ? posted.flatMap((event: unknown) => faultsOfEvent(facts, event, ['EventGridEvent', 'eventType']))
    : faultsOfEvent(facts, posted, ['CloudEventEvent', 'type'])
}

function faultsOfEvent(facts: Facts, event: unknown, [shape, typedBy]: readonly [string, string]): string[] {
  const given: Readonly<Record<string, unknown>> = typeof event === 'object' ? { ...event } : {}
  const type = String(given[typedBy])
  const data = facts.events[type]
  return [
    ...faultsOfValue(facts, event, `${shape}!`, shape),
    ...(data === undefined
      ? [`the facts do not have the event ${type}`]
      : faultsOfValue(facts, given['data'], `${data}!`, type))
  ]
}
