import { sweepReport, type SweepReport } from '../domain/sweep.ts'
import { act, actForEach, now, type Context, type Story } from './durable.ts'

/** Every key of every managed vault compared with its newest backup, since many changes raise no event (R45). */
export function* sweep(context: Context): Story<SweepReport> {
  const at = now(context)
  const { vaultNames, dropped } = yield* act(context, 'list-managed-vaults', { now: at })
  const watches = yield* actForEach(context, 'sweep-vault', vaultNames.map((vaultName) => ({ vaultName, now: at })))
  return sweepReport(at, watches, dropped)
}
