import type { InvocationContext } from '@azure/functions'
import { isDone } from '../../domain/backups/key-backup.ts'
import { keyEventIdentity, parseKeyEvent } from '../../domain/backups/key-event.ts'
import type { Tally } from '../../domain/backups/tally.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { orchestrationsOf } from '../durable-client.ts'
import { sha256 } from '../../sha256.ts'

/**
 * An Event Grid event: starts the one run of its key and minute, however often and in whatever order events come. What is
 * no such event is counted, logged once and dropped: answered with success, or it would come again for a day.
 */
export const keyEvent =
  (dropped: Tally) =>
  async (event: unknown, context: InvocationContext): Promise<void> => {
    const changed = parseKeyEvent(event)
    if (!changed) {
      if (dropped.count('malformed'))
        context.warn('An event that is not about a key of a vault was dropped. More are only counted.')
      return
    }
    const orchestrations = orchestrationsOf(context)
    const at = orchestrators.keyBackup.at(sha256(keyEventIdentity(changed)).slice(0, 40))
    const there = await orchestrations.find(at)
    if (there?.state === 'live' || (there?.state === 'completed' && isDone(there.output))) return
    await orchestrations.start(at, changed)
  }
