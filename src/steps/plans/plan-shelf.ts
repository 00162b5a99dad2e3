import type { Azure } from '../../azure/connect.ts'
import type { WorkedBy } from '../../contracts/activities.ts'
import type { DraftPlan, Plan, PlanRef } from '../../domain/plan/plan.ts'
import { planOf, planUnder } from '../../records/plan.ts'
import type { Reach } from '../step.ts'

/** The plans that work is done by, as their records say: never made again. */
export interface PlanShelf {
  planOf(ref: PlanRef): Promise<Plan>
  /** That of an onboarding, with the reference that names it. */
  ofOnboarding(onboarding: string): Promise<{ readonly ref: PlanRef; readonly plan: Plan }>
  /** The same; or the draft, where it is looked at before anybody has approved it. */
  workedBy(by: WorkedBy): Promise<Plan | DraftPlan>
}

/** What steps reach that work by a plan. */
export interface PlannedReach extends Reach {
  readonly plans: PlanShelf
}

/** More than one process works on at a time. */
const mostKept = 20

/** Reads each plan once: it is written once, and a digest says all that is in it, so what is kept here cannot be another. */
export function createPlanShelf({ app }: Azure): PlanShelf {
  const byDigest = shelf<Plan>()
  const byId = shelf<{ readonly ref: PlanRef; readonly plan: Plan }>()
  const read = (ref: PlanRef): Promise<Plan> => byDigest(`${ref.name} ${ref.digest}`, () => planOf(app.store, ref))
  return {
    planOf: read,
    ofOnboarding: (onboarding) => byId(onboarding, () => planUnder(app.store, onboarding)),
    workedBy: async (by) => ('draft' in by ? by.draft : read(by.plan))
  }
}

/** What nobody asked for longest goes first. */
function shelf<T>(): (key: string, read: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, T>()
  return async (key, read) => {
    const found = kept.get(key) ?? (await read())
    kept.delete(key)
    kept.set(key, found)
    for (const oldest of kept.size > mostKept ? [...kept.keys()].slice(0, 1) : []) kept.delete(oldest)
    return found
  }
}
