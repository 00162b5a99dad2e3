import type { DrillLook, DrillReport } from '../domain/backups/drill.ts'
import { act, later, now, sleepUntil, StepRefused, type Context, type Story } from './durable.ts'

/** One key of each managed vault restored from its newest backup, in a vault of its own, vault after vault (R45). */
export function* restoreDrill(context: Context): Story<DrillReport> {
  const startedAt = now(context)
  const { vaultNames } = yield* act(context, 'list-managed-vaults', { now: startedAt })
  const drills: DrillLook[] = []
  for (const vaultName of vaultNames) {
    const drill = yield* drillOf(context, vaultName, startedAt)
    if (drill.state !== 'none-due') drills.push(drill)
  }
  return { startedAt, drills }
}

/** What Azure refuses for one vault hinders no other. */
function* drillOf(context: Context, vaultName: string, startedAt: string): Story<DrillLook> {
  const patience = later(context, 3600)
  try {
    for (;;) {
      const look = yield* act(context, 'drill-restore', { vaultName, startedAt, now: now(context) })
      if (look.state !== 'preparing') return look
      if (now(context) >= patience.toISOString())
        return { state: 'refused', vaultName, why: `${look.drillVault} is not ready after an hour` }
      yield* sleepUntil(context, later(context, 30))
    }
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return { state: 'refused', vaultName, why: error.message }
  }
}
