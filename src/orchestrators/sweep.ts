import { sweepReport, type SweepReport } from '../domain/backups/sweep.ts'
import { act, actForEach, now, type Context, type Story } from './durable.ts'

/** Every key of every managed vault compared with its newest backup, since many changes raise no event (R45). */
export function* sweep(context: Context): Story<SweepReport> {
  const { vaultNames, copies, ...events } = yield* act(context, 'list-managed-vaults', { now: now(context) })
  const at = now(context) // the list may have been waited for, and backups are dated by this
  const watches = yield* actForEach(
    context,
    'sweep-vault',
    vaultNames.map((vaultName) => ({ vaultName, now: at, copies }))
  )
  return sweepReport(at, watches, events)
}
