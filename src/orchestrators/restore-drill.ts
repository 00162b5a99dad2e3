import type { DrillLook, DrillReport } from '../domain/backups/drill.ts'
import { anHour } from '../domain/state/azure-wait.ts'
import { act, keeperOf, now, StepRefused, type Context, type Story } from './durable.ts'
import { lookUntil } from './wait-on-azure.ts'

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
  try {
    const { seen, stalled } = yield* lookUntil(
      keeperOf(context),
      { what: `the drill vault of ${vaultName} to be ready`, patience: anHour },
      () => act(context, 'drill-restore', { vaultName, startedAt, now: now(context) }),
      (look) => (look.state === 'preparing' ? { said: `${look.drillVault} ${look.notYet}` } : undefined)
    )
    return stalled ? { state: 'refused', vaultName, why: `${stalled.said}, and was so for an hour` } : seen
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error
    return { state: 'refused', vaultName, why: error.message }
  }
}
