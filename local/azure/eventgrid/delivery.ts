import type { Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { EventGridEvent } from './key-event.ts'
import { mannersNow } from './manners.ts'
import { postToWebhook, type Outcome } from './post-to-webhook.ts'
import { eventSubscriptions, type EventSubscriptionRecord } from './topic-record.ts'
import { placeOnThisMachine } from './webhook.ts'

/** An event on its way: what the agenda carries from try to try. */
export interface Delivery {
  readonly event: EventGridEvent
  /** ARM id of the event subscription, lower-case. */
  readonly to: string
  /** Tells apart what Event Grid brings several times although it arrived. */
  readonly copy: number
  /** Tries that failed so far. */
  readonly failed: number
  /** Simulated milliseconds of the first try: after its time to live Event Grid gives up. */
  readonly since: number
}

/** What Event Grid gave up, by event id, and why. */
export interface DeadLetter extends Delivery {
  readonly reason: string
}

/** Puts a dead letter where its event subscription wants it. */
export type KeepDeadLetter = (letter: DeadLetter, to: EventSubscriptionRecord) => Promise<void>

export const deliverKind = 'eventgrid.deliver'

/** Puts an event on the agenda for whoever is subscribed to it, due at once unless the world's manners are worse. */
export function deliverSoon(event: EventGridEvent, around: Surroundings): void {
  const now = around.clock.now()
  for (const { id } of subscribersOf(event, around)) {
    const { copies, at } = mannersNow(around.world, now)
    for (let copy = 0; copy < copies; copy++)
      schedule({ event, to: id.toLowerCase(), failed: 0, since: now, copy }, at, around)
  }
}

function subscribersOf(
  { topic, eventType }: EventGridEvent,
  { world, clock }: Surroundings
): EventSubscriptionRecord[] {
  return eventSubscriptions(world)
    .values()
    .filter(
      ({ source, includedEventTypes, readyAt, shows = 'Succeeded' }) =>
        source.toLowerCase() === topic.toLowerCase() &&
        includedEventTypes.includes(eventType) &&
        readyAt <= clock.now() &&
        shows === 'Succeeded'
    )
}

/** Handler of the agenda: tries once, and on what may pass plans the next try. */
export const deliver =
  (keep: KeepDeadLetter) =>
  async (payload: unknown, around: Surroundings): Promise<void> => {
    const delivery = payload as Delivery // only `schedule` puts entries of this kind on the agenda
    const to = eventSubscriptions(around.world).get(delivery.to)
    if (to === undefined) return // nobody wants it any more
    const outcome = await tried(delivery.event, to, around)
    if (outcome === 'delivered') return
    const once = { ...delivery, failed: delivery.failed + 1 }
    const next = outcome === 'failed' ? afterFailure(once, to, around) : undefined
    if (next !== undefined) return schedule(once, next, around)
    await bury(once, outcome === 'refused' ? 'The webhook refused it.' : 'It could not be delivered in time.', {
      to,
      keep,
      around
    })
  }

async function tried(event: EventGridEvent, to: EventSubscriptionRecord, { world }: Surroundings): Promise<Outcome> {
  const url = placeOnThisMachine(world, to.endpointUrl)
  return url === undefined ? 'failed' : postToWebhook(url, to.eventDeliverySchema, event)
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** https://learn.microsoft.com/azure/event-grid/delivery-and-retry */
const pauses = [10 * second, 30 * second, minute, 5 * minute, 10 * minute, 30 * minute]

/** Simulated milliseconds of the next try; undefined where there is none, by number or by time. */
function afterFailure(
  { failed, since }: Delivery,
  { maxDeliveryAttempts, eventTimeToLiveInMinutes }: EventSubscriptionRecord,
  { clock }: Surroundings
): number | undefined {
  const at = clock.now() + (pauses[failed - 1] ?? hour)
  return failed < maxDeliveryAttempts && at - since <= eventTimeToLiveInMinutes * minute ? at : undefined
}

function schedule(delivery: Delivery, at: number, { clock }: Surroundings): void {
  const { to, event, copy } = delivery
  clock.schedule({ kind: deliverKind, at, key: `${deliverKind}/${to}/${event.id}/${copy}`, payload: delivery })
}

interface Burial {
  readonly to: EventSubscriptionRecord
  readonly keep: KeepDeadLetter
  readonly around: Surroundings
}

async function bury(delivery: Delivery, reason: string, { to, keep, around }: Burial): Promise<void> {
  const letter = { ...delivery, reason }
  deadLetters(around.world).set(delivery.event.id, letter)
  await keep(letter, to)
}

/** By event id. */
export function deadLetters(world: World): Collection<DeadLetter> {
  return world.collection<DeadLetter>('eventGridDeadLetters')
}
