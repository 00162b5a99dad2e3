import { orchestrators } from '../contracts/orchestrations.ts'
import { isAheadOfTime, lookAfter, type KeyBackupOutcome } from '../domain/backups/key-backup.ts'
import { act, input, now, sleepUntil, whyFailed, type Context, type Story } from './durable.ts'

/**
 * One run for all events of one key in one minute. It looks when that minute is over and some seconds more, so that no
 * event of the minute tells of a change it has not seen; whatever comes later finds the run done (R45).
 */
export function* keyBackup(context: Context): Story<KeyBackupOutcome> {
  const event = input(context, orchestrators.keyBackup)
  if (isAheadOfTime(event.minute, now(context))) return { outcome: 'ahead-of-time' }
  yield* sleepUntil(context, new Date(lookAfter(event.minute)))
  try {
    const { vaultId, vaultName, keyName } = event
    const about = { vaultId, vaultName, ...(keyName !== undefined && { keyName }), now: now(context) }
    return yield* act(context, 'back-up-changed-key', about)
  } catch (error) {
    // The sweep comes every few minutes and goes on doing so; a run that failed would only be noise beside its finding.
    return { outcome: 'put-off', why: whyFailed(error) }
  }
}
