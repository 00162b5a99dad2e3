import type { Finding } from '../terms/evidence.ts'
import type { Task } from '../tasks/task.ts'

/** How a person goes on from a finding. */
export type WayOn = Extract<Task, { kind: 'retry' | 'override' | 'mend' }>

/** What each way asks, for a reader. */
export const wayTexts = (
  { kind }: WayOn,
  finding: Pick<Finding, 'mend'> | undefined
): { for: string; asks: string } => ({
  for: 'any operator',
  asks: {
    retry: 'Mend what the finding names, then retry.',
    override: 'Go on although this does not hold; your name and reason are recorded.',
    mend: finding?.mend ?? 'Have the app mend it.'
  }[kind]
})

/** The ways on from a finding: a look again; where the rule allows it, a recorded decision; where the app can, its cure. */
export const waysOn = ({ code, overridable, mend }: Finding): WayOn[] => [
  { kind: 'retry', code },
  ...(overridable ? [{ kind: 'override', code } as const] : []),
  ...(mend === undefined ? [] : [{ kind: 'mend', code } as const])
]
