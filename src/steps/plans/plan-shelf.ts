import type { Azure } from '../../azure/connect.ts'
import type { WorkedBy } from '../../contracts/activities.ts'
import type { DraftPlan, Plan, PlanRef } from '../../domain/plan/plan.ts'
import { planOf } from '../../records/plan.ts'
import type { Reach } from '../step.ts'

/** The plans that work is done by, as their records say: never made again. */
export interface PlanShelf {
  planOf(ref: PlanRef): Promise<Plan>
  /** The same; or the draft, where it is looked at before anybody has approved it. */
  workedBy(by: WorkedBy): Promise<Plan | DraftPlan>
}

/** What steps reach that work by a plan. */
export interface PlannedReach extends Reach {
  readonly plans: PlanShelf
}

/** More than one process works on at a time. */
const mostKept = 20

/** Reads each plan once: a digest says all that is in it, so what is kept here cannot be another. */
export function createPlanShelf({ app }: Azure): PlanShelf {
  const kept = new Map<string, Plan>()
  async function read(ref: PlanRef): Promise<Plan> {
    const key = `${ref.name} ${ref.digest}`
    const plan = kept.get(key) ?? (await planOf(app.store, ref))
    kept.delete(key)
    kept.set(key, plan)
    for (const oldest of kept.size > mostKept ? [...kept.keys()].slice(0, 1) : []) kept.delete(oldest)
    return plan
  }
  return { planOf: read, workedBy: async (by) => ('draft' in by ? by.draft : read(by.plan)) }
}
