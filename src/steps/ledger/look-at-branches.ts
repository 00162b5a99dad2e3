import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { endsOfBranches } from './branches.ts'

/** How many branches of the plan have ended, and whether by a cancel. */
export const lookAtBranches =
  ({ azure, plans }: PlannedReach): Step<'look-at-branches'> =>
  async ({ plan }) => {
    const ends = await endsOfBranches(azure.app.store, await plans.planOf(plan))
    return {
      ended: ends.filter((end) => end !== undefined).length,
      cancelled: ends.some((end) => end?.said.outcome === 'cancelled')
    }
  }
