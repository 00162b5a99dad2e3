import type { InvocationContext, Timer } from '@azure/functions'
import { orchestrators, type SweepInput } from '../../contracts/orchestrations.ts'
import type { SweepReport } from '../../domain/backups/sweep.ts'
import { orchestrationsOf, type InstanceOf, type Orchestrations } from '../durable-client.ts'

export interface NewestSweep {
  /** Of the newest run; `none` before the first. */
  readonly state: InstanceOf<'sweep'>['state'] | 'none'
  /** What the newest sweep that ended well saw. */
  readonly report: SweepReport | undefined
}

export async function newestSweep(orchestrations: Orchestrations): Promise<NewestSweep> {
  const run = await orchestrations.find(orchestrators.sweep.at())
  if (!run) return { state: 'none', report: undefined }
  return { state: run.state, report: run.state === 'completed' ? run.output : run.input.previous }
}

/** The timer's tick: one sweep at a time, however long one takes. */
export async function startSweep(_timer: Timer, context: InvocationContext): Promise<void> {
  const orchestrations = orchestrationsOf(context)
  const { report } = await newestSweep(orchestrations)
  const input: SweepInput = report === undefined ? {} : { previous: report }
  await orchestrations.start(orchestrators.sweep.at(), input)
}
