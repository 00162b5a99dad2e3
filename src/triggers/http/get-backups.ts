import { orchestrators } from '../../contracts/orchestrations.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'
import { newestSweep } from '../timers/sweeps.ts'

/**
 * `GET /api/backups`: what the newest sweep saw of all keys and their backups. While one is under way (`state` `live`), and
 * after one that failed, `sweep` is that of the one before; null before the first. `drill` is the newest restore drill.
 */
export const getBackups =
  ({ immutability }: Deployment): Handler<'getBackups'> =>
  async ({ orchestrations }) => {
    const { state, report } = await newestSweep(orchestrations)
    const drill = await orchestrations.find(orchestrators.restoreDrill.at())
    return json(200, {
      immutability,
      state,
      sweep: report ?? null,
      drill: drill?.state === 'completed' ? drill.output : null
    })
  }
