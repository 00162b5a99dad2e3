import type { Azure } from '../../azure/connect.ts'
import type { Starts } from '../../contracts/starts.ts'
import { keptPlan } from '../../records/plan.ts'
import { branchOf, keepBranch, keepStarter, starterOf } from '../../records/starts.ts'

/** Keeps what instances are started with, and reads it for the next generation. */
export const createStarts = ({ app: { store } }: Azure): Starts => ({
  keepStarter: (onboarding, starter) => keepStarter(store, onboarding, starter),
  async onboarding(requestId) {
    const kept = await keptPlan(store, requestId)
    if (kept === undefined) return undefined
    const { request, plan, ref } = kept
    const starter = await starterOf(store, requestId)
    const startedBy = starter?.by ?? 'somebody whose name was erased'
    return {
      input: { requestId, request, plan, planRef: ref, startedBy },
      ...(starter && { person: starter.person })
    }
  },
  keepBranch: (input) => keepBranch(store, input),
  branch: (input) => branchOf(store, input)
})
