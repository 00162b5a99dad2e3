import { isSuperseded } from '../../domain/ledger/held.ts'
import type { Reach, Step } from '../step.ts'
import { heardIn } from './heard.ts'
import { judged } from './judge.ts'
import { authorOf, bothChains, Superseded } from './own-chain.ts'

/** What people said since, and what stands. What this release cannot read is refused at once, with why. */
export const hear =
  ({ azure }: Reach): Step<'hear'> =>
  async (input) => {
    const { onboarding, told } = input
    const author = authorOf(input)
    const { store } = azure.app
    const both = await bothChains(store, author, { onboarding })
    if (isSuperseded(both.own, author.generation)) throw new Superseded(author)
    const { unheard: verdicts, ...heard } = await heardIn(store, both, told)
    await judged(store, author, { onboarding, verdicts })
    return heard
  }
