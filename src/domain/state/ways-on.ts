import type { Finding } from '../terms/evidence.ts'
import type { Task } from '../tasks/task.ts'

/** How a person goes on from a finding. */
export type WayOn = Task<'retry' | 'override' | 'mend'>

/** The ways on from a finding: a look again; where the rule allows it, a recorded decision; where the app can, its cure. */
export const waysOn = ({ code, overridable, mend }: Finding): WayOn[] => [
  { kind: 'retry', code },
  ...(overridable ? [{ kind: 'override', code } as const] : []),
  ...(mend === undefined ? [] : [{ kind: 'mend', code } as const])
]
