import { instanceIds } from '../names.ts'
import { json, route } from './http.ts'

/**
 * `GET /api/backups`: what the newest sweep saw of all keys and their backups. `sweep` is null while one is under way
 * (`state` `live`), after one that failed, and before the first (`none`).
 */
export const getBackups = route(async ({ orchestrations }) => {
  const sweep = await orchestrations.find(instanceIds.sweep)
  return json(200, { state: sweep?.state ?? 'none', sweep: sweep?.state === 'completed' ? sweep.output : null })
})
