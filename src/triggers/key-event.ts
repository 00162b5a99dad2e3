import type { InvocationContext } from '@azure/functions'
import { parseKeyEvent } from '../domain/key-event.ts'
import { instanceIds, orchestrators } from '../names.ts'
import { orchestrationsOf } from './durable-client.ts'
import { sha256 } from './http.ts'

/** An Event Grid event of a key: starts one backup orchestration for its version, however often the event comes. */
export async function keyEvent(event: unknown, context: InvocationContext): Promise<void> {
  const changed = parseKeyEvent(event)
  if (!changed) {
    context.warn('An event that is not about a key of a vault was dropped.')
    return
  }
  const orchestrations = orchestrationsOf(context)
  const id = instanceIds.keyBackup(sha256(JSON.stringify(changed)).slice(0, 40))
  const there = await orchestrations.find(id)
  if (there?.state === 'live' || there?.state === 'completed') return // an event that comes again; a failed run is tried again
  await orchestrations.start(orchestrators.keyBackup, id, changed)
}
