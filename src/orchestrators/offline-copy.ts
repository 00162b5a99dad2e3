import { orchestrators } from '../contracts/orchestrations.ts'
import type { OfflineCopyOutcome } from '../domain/backups/offline-copy.ts'
import { act, input, now, type Context, type Story } from './durable.ts'

/** An attested offline copy on its way to the records (R45). */
export function* offlineCopy(context: Context): Story<OfflineCopyOutcome> {
  return yield* act(context, 'record-offline-copy', { ...input(context, orchestrators.offlineCopy), now: now(context) })
}
