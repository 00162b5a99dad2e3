import type { BackupHabits } from '../../domain/plan/plan-warnings.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { json, route } from './http.ts'
import { newestSweep } from '../timers/sweeps.ts'

/**
 * `GET /api/backups`: what the newest sweep saw of all keys and their backups. While one is under way (`state` `live`), and
 * after one that failed, `sweep` is that of the one before; null before the first. `drill` is the newest restore drill.
 */
export const getBackups = ({ immutability }: Pick<BackupHabits, 'immutability'>) =>
  route(async ({ orchestrations }) => {
    const { state, report } = await newestSweep(orchestrations)
    const drill = await orchestrations.find(orchestrators.restoreDrill.at())
    return json(200, {
      immutability,
      state,
      sweep: report ?? null,
      drill: drill?.state === 'completed' ? drill.output : null
    })
  })
