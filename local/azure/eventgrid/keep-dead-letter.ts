import type { Surroundings } from '../core/service.ts'
import type { Storage } from '../storage/service.ts'
import type { KeepDeadLetter } from './delivery.ts'
import { cloudEventOf } from './key-event.ts'

/**
 * Writes dead letters into the container of their event subscription, named as Event Grid names them: by the event
 * subscription in capitals and the hour. https://learn.microsoft.com/azure/event-grid/manage-event-delivery
 */
export const keepDeadLetter =
  (write: Storage['write'], around: Surroundings): KeepDeadLetter =>
  async ({ event, failed, reason }, { name, eventDeliverySchema, deadLetter }) => {
    if (deadLetter === undefined) return
    const now = new Date(around.clock.now())
    const hour = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCHours()].join('/')
    const letter = {
      ...(eventDeliverySchema === 'CloudEventSchemaV1_0' ? cloudEventOf(event) : event),
      deadletterreason: reason,
      deliveryattempts: failed,
      lastdeliveryattempttime: now.toISOString()
    }
    const account = deadLetter.account.split('/').at(-1) ?? ''
    const blob = `${name.toUpperCase()}/${hour}/${event.id}.json`
    const content = Buffer.from(JSON.stringify([letter]))
    await write({ account, container: deadLetter.container, blob, content }, around)
  }
