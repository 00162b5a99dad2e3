import type { Surroundings } from '../core/service.ts'
import type { Storage } from '../storage/service.ts'
import type { KeepDeadLetter } from './delivery.ts'
import { cloudEventOf } from './key-event.ts'

/**
 * Writes dead letters into the container of their event subscription, named as Event Grid names them: by the event
 * subscription in capitals and the hour. https://learn.microsoft.com/azure/event-grid/manage-event-delivery
 */
export const keepDeadLetter =
  (write: Storage['write'], { clock }: Pick<Surroundings, 'clock'>): KeepDeadLetter =>
  async ({ event, failed, reason }, { name, eventDeliverySchema, deadLetter }) => {
    if (deadLetter === undefined) return
    const now = new Date(clock.now())
    const hour = [now.getUTCFullYear(), now.getUTCMonth() + 1, now.getUTCDate(), now.getUTCHours()].join('/')
    const letter = {
      ...(eventDeliverySchema === 'CloudEventSchemaV1_0' ? cloudEventOf(event) : event),
      deadletterreason: reason,
      deliveryattempts: failed,
      lastdeliveryattempttime: now.toISOString()
    }
    const account = deadLetter.account.split('/').at(-1) ?? ''
    await write(
      account,
      deadLetter.container,
      `${name.toUpperCase()}/${hour}/${event.id}.json`,
      Buffer.from(JSON.stringify([letter]))
    )
  }
