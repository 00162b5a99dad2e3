import type { InvocationContext, Timer } from '@azure/functions'
import type { At } from '../../contracts/orchestration.ts'
import { orchestrationsOf } from '../durable-client.ts'

/** A timer's tick that starts one orchestration under a fixed id: one at a time, however long one takes. */
export const startAlone =
  (at: At<object, unknown>) =>
  async (_timer: Timer, context: InvocationContext): Promise<void> => {
    await orchestrationsOf(context).start(at, {})
  }
