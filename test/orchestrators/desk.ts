import { onboardingChain } from '../../src/domain/ledger/chains.ts'
import { beginning, type State } from '../../src/domain/state/state.ts'
import { createBoard } from '../../src/orchestrators/board.ts'
import type { Context } from '../../src/orchestrators/durable.ts'
import { untouched, type Desk } from '../../src/orchestrators/run.ts'
import { planOf, threeWorkloads } from '../domain/examples.ts'

const plan = planOf(threeWorkloads())

/** A desk in the middle of a story, for parts of it that are tried alone. */
export const deskIn = (context: Context, step: State['step']): Desk => ({
  context,
  board: createBoard(context, beginning(step)),
  requestId: 'contoso-1',
  author: { chain: onboardingChain('contoso-1'), generation: 1 },
  planned: plan,
  plan,
  planRef: { name: 'contoso-1/plan.json', digest: 'v1.0' },
  ...untouched()
})
