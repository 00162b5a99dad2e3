import { branchChainsOf, onboardingChain } from '../domain/ledger/chains.ts'
import { act, type Story } from './durable.ts'
import type { Desk, Run } from './run.ts'

/** Tells the onboarding of a branch to look. */
export function* wakeOnboarding({ context, requestId }: Pick<Desk, 'context' | 'requestId'>): Story<void> {
  yield* act(context, 'wake', { chains: [onboardingChain(requestId)] })
}

/** Tells all branches of an onboarding to look: those that are not there, or over, hear nothing. */
export function* wakeBranches(run: Run): Story<void> {
  if (!makesVaults(run)) return
  yield* act(run.context, 'wake', { chains: branchChainsOf(run.plan) })
}

/** Whether there may be branches at work; a new generation knows it before its own story has come there. */
export const makesVaults = ({ board, ended }: Run): boolean =>
  board.state.step === 'vaults-and-keys' ||
  (board.state.step === 'waiting-on-microsoft' && 'waiting-on-microsoft' in ended && !('vaults-and-keys' in ended))
