import type { InvocationContext, Timer } from '@azure/functions'
import type { SweepReport } from '../../domain/backups/sweep.ts'
import { instanceIds, orchestrators } from '../../names.ts'
import { orchestrationsOf, type Instance, type Orchestrations } from '../durable-client.ts'

/** A sweep takes along what the one before it saw: its own output comes when it has ended, and replaces that one's. */
interface SweepInput {
  readonly previous?: SweepReport
}

export interface NewestSweep {
  /** Of the newest run; `none` before the first. */
  readonly state: Instance['state'] | 'none'
  /** What the newest sweep that ended well saw. */
  readonly report: SweepReport | undefined
}

export async function newestSweep(orchestrations: Orchestrations): Promise<NewestSweep> {
  const run = await orchestrations.find(instanceIds.sweep)
  if (!run) return { state: 'none', report: undefined }
  const { previous } = (run.input ?? {}) as SweepInput
  return { state: run.state, report: run.state === 'completed' ? (run.output as SweepReport) : previous }
}

/** The timer's tick: one sweep at a time, however long one takes. */
export async function startSweep(_timer: Timer, context: InvocationContext): Promise<void> {
  const orchestrations = orchestrationsOf(context)
  const { report } = await newestSweep(orchestrations)
  const input: SweepInput = report === undefined ? {} : { previous: report }
  await orchestrations.start(orchestrators.sweep, instanceIds.sweep, input)
}
