import { bothSlots } from '../../domain/terms/by-slot.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import { deadLetterCount } from '../../records/dead-letters.ts'
import type { Log, Reach } from '../step.ts'

/**
 * How many events that Event Grid could not deliver lie in the slots' stores, until a person takes them away; what cannot
 * be looked at counts for nothing. The alert "dead-letters" of infra/modules/alerts.bicep looks for the lines.
 */
export async function deadLettersKept({ azure, config }: Reach, log: Log): Promise<number> {
  if (!config.events) return 0
  const counts = await Promise.all(bothSlots.map((slot) => countIn(azure.slot(slot), slot, log)))
  return counts.reduce((sum, count) => sum + count, 0)
}

async function countIn({ store }: SlotAzure, slot: Slot, log: Log): Promise<number> {
  try {
    const count = await deadLetterCount(store)
    if (count > 0) log.warn(`dead-letters slot=${slot} count=${count}`)
    return count
  } catch (error) {
    if (!(error instanceof AzureCallError)) throw error
    log.warn(`dead-letters slot=${slot} count=unknown`)
    return 0
  }
}
