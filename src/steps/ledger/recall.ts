import type { Reach, Step } from '../step.ts'
import { judged } from './judge.ts'
import { addAs, authorOf, bothChains } from './own-chain.ts'
import { recalledIn } from './recalled.ts'

/** The first thing that an instance does: notes that it has begun, and learns where the one before it was. */
export const recall =
  ({ azure }: Reach): Step<'recall'> =>
  async (input) => {
    const { onboarding } = input
    const author = authorOf(input)
    const { generation } = author
    const { store } = azure.app
    const begun = { kind: 'begun', id: `begun.${String(generation)}`, generation } as const
    const justAdded = await addAs(store, author, begun)
    const both = await bothChains(store, author, { onboarding, justAdded })
    const { unheard: verdicts, ...recalled } = await recalledIn(store, both)
    await judged(store, author, { onboarding, verdicts })
    return recalled
  }
