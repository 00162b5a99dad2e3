import type { Surroundings } from '../core/service.ts'
import type { Collection, World } from '../core/world.ts'
import type { EventGridEvent } from './key-event.ts'
import { mannersNow } from './manners.ts'
import { postToWebhook } from './post-to-webhook.ts'
import { webhookOf } from './webhook.ts'

/** An event on its way: what the agenda carries from try to try. */
export interface Delivery {
  readonly event: EventGridEvent
  /** Tells apart what Event Grid brings several times although it arrived. */
  readonly copy: number
  /** Tries that failed so far. */
  readonly failed: number
  /** Simulated milliseconds of the first try: after 24 hours Event Grid gives up. */
  readonly since: number
}

/** What Event Grid gave up, by event id, and why. */
export interface DeadLetter extends Delivery {
  readonly reason: string
}

export const deliverKind = 'eventgrid.deliver'

/** Puts an event on the agenda, due at once unless the world's manners are worse. */
export function deliverSoon(event: EventGridEvent, around: Surroundings): void {
  const now = around.clock.now()
  const { copies, at } = mannersNow(around.world, now)
  for (let copy = 0; copy < copies; copy++) schedule({ event, failed: 0, since: now, copy }, at, around)
}

/** Handler of the agenda: tries once, and on what may pass plans the next try. */
export async function deliver(payload: unknown, around: Surroundings): Promise<void> {
  const delivery = payload as Delivery // only `schedule` puts entries of this kind on the agenda
  const webhook = webhookOf(around.world)
  const outcome = webhook === undefined ? 'no webhook' : await postToWebhook(webhook, delivery.event)
  if (outcome === 'delivered') return
  if (outcome === 'refused') bury(delivery, 'The webhook refused it.', around)
  else tryLater({ ...delivery, failed: delivery.failed + 1 }, around)
}

function tryLater(delivery: Delivery, around: Surroundings): void {
  const at = around.clock.now() + pauseAfter(delivery.failed)
  if (at - delivery.since > dayMs) bury(delivery, 'It could not be delivered for 24 hours.', around)
  else schedule(delivery, at, around)
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const dayMs = 24 * hour

/** https://learn.microsoft.com/azure/event-grid/delivery-and-retry */
const pauses = [10 * second, 30 * second, minute, 5 * minute, 10 * minute, 30 * minute]

function pauseAfter(failed: number): number {
  return pauses[failed - 1] ?? hour
}

function schedule(delivery: Delivery, at: number, { clock }: Surroundings): void {
  clock.schedule({ kind: deliverKind, at, key: `${deliverKind}/${delivery.event.id}/${delivery.copy}`, payload: delivery })
}

function bury(delivery: Delivery, reason: string, { world }: Surroundings): void {
  deadLetters(world).set(delivery.event.id, { ...delivery, reason })
}

/** By event id. */
export function deadLetters(world: World): Collection<DeadLetter> {
  return world.collection<DeadLetter>('eventGridDeadLetters')
}
