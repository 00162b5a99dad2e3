import { readBranchResult } from '../../records/ledger/branch-result.ts'
import { eachOf } from '../../at-a-time.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { endsOfBranches } from './branches.ts'

/** What people said and decided in the branches, and where the result of each lies: its evidence is read where it is needed. */
export const gatherBranches =
  ({ azure, plans }: PlannedReach): Step<'gather-branches'> =>
  async ({ plan }) => {
    const { store } = azure.app
    const ends = await endsOfBranches(store, await plans.planOf(plan))
    const stored = ends.flatMap((end) => end?.said.result ?? [])
    const results = await eachOf(stored, (each) => readBranchResult(store, each))
    return {
      overrides: results.flatMap(({ overrides }) => overrides),
      answers: results.flatMap(({ answers }) => answers),
      results: Object.fromEntries(
        results.flatMap(({ vaultName }, index) => {
          const record = stored[index]
          return record ? [[vaultName, record]] : []
        })
      )
    }
  }
