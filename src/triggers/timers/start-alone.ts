import type { InvocationContext, Timer } from '@azure/functions'
import { orchestrationsOf } from '../durable-client.ts'

/** A timer's tick that starts one orchestration under a fixed id: one at a time, however long one takes. */
export const startAlone =
  (orchestrator: string, id: string) =>
  async (_timer: Timer, context: InvocationContext): Promise<void> => {
    await orchestrationsOf(context).start(orchestrator, id, {})
  }
