import type { BackupHabits } from '../domain/plan-warnings.ts'
import { json, route } from './http.ts'
import { newestSweep } from './sweeps.ts'

/**
 * `GET /api/backups`: what the newest sweep saw of all keys and their backups. While one is under way (`state` `live`), and
 * after one that failed, `sweep` is that of the one before; null before the first.
 */
export const getBackups = ({ immutability }: Pick<BackupHabits, 'immutability'>) => route(async ({ orchestrations }) => {
  const { state, report } = await newestSweep(orchestrations)
  return json(200, { immutability, state, sweep: report ?? null })
})
