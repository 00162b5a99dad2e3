import { stepActivities } from '../contracts/activities.ts'
import type { Tally } from '../domain/backups/tally.ts'
import { onFirstUse } from '../lazily.ts'
import type { Invocation } from '../steps/outcome.ts'
import type { LedgerReach, Reach } from '../steps/step.ts'

/** Handlers by name whose code is loaded when the first of them is called: the app starts without it (decision 31). */
export function activitiesWhenCalled(reach: Reach & LedgerReach, dropped: Tally): [name: string, handler: Handler][] {
  const handlers = onFirstUse(async () => (await import('./activities.ts')).activities(reach, dropped))
  // The host hands an activity what its orchestrator told it: types of input and output are those of contracts/activities.ts.
  return Object.keys(stepActivities).map((name) => [
    name,
    (handlers as Readonly<Record<string, Handler>>)[name] as Handler
  ])
}

type Handler = (input: object, invocation: Invocation) => Promise<unknown>
