import { isClosed } from '../../domain/ledger/judgements.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { branchesIn } from './branches.ts'

/** How many branches of the plan have ended, and how many go on. */
export const lookAtBranches =
  ({ azure, plans }: PlannedReach): Step<'look-at-branches'> =>
  async ({ plan }) => {
    const branches = await branchesIn(azure.app.store, await plans.planOf(plan))
    const ended = branches.filter(isClosed).length
    return { ended, open: branches.filter((entries) => entries.length > 0).length - ended }
  }
