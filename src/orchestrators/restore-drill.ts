import type { DrillLook } from '../domain/drill.ts'
import { act, later, now, sleepUntil, type Context, type Story } from './durable.ts'

/** One key of each managed vault restored from its newest backup, in a vault of its own, vault after vault (R45). */
export function* restoreDrill(context: Context): Story<{ startedAt: string; drills: DrillLook[] }> {
  const startedAt = now(context)
  const { vaultNames } = yield* act(context, 'list-managed-vaults', { now: startedAt })
  const drills: DrillLook[] = []
  for (const vaultName of vaultNames) {
    const drill = yield* drillOf(context, vaultName, startedAt)
    if (drill.state !== 'none-due') drills.push(drill)
  }
  return { startedAt, drills }
}

function* drillOf(context: Context, vaultName: string, startedAt: string): Story<DrillLook> {
  for (;;) {
    const look = yield* act(context, 'drill-restore', { vaultName, startedAt, now: now(context) })
    if (look.state !== 'preparing') return look
    yield* sleepUntil(context, later(context, 30))
  }
}
