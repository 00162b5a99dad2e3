import { branchChain, onboardingChain } from '../domain/ledger/chains.ts'
import { act, type Story } from './durable.ts'
import type { Desk, Run } from './run.ts'

/** Tells the onboarding of a branch to look. */
export function* wakeOnboarding({ context, requestId }: Pick<Desk, 'context' | 'requestId'>): Story<void> {
  yield* act(context, 'wake', { chains: [onboardingChain(requestId)] })
}

/** Tells all branches of an onboarding to look: those that are not there, or over, hear nothing. */
export function* wakeBranches({ context, requestId, board, plan }: Run): Story<void> {
  if (board.state.step !== 'vaults-and-keys') return
  const chains = plan.policies.flatMap(({ id, vaults }) =>
    vaults.map(({ slot }) => branchChain(requestId, { policy: id, slot }))
  )
  yield* act(context, 'wake', { chains })
}
