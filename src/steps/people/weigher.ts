import type { Azure } from '../../azure/connect.ts'
import { AzureCallError } from '../../azure/errors.ts'
import type { Config } from '../../config/config.ts'
import type { Weigher } from '../../contracts/weigher.ts'
import { entriesOfKind } from '../../domain/ledger/entry.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { wordsOfAnswer } from '../../records/ledger/erasable.ts'
import { judged } from '../ledger/judge.ts'
import { createPlanShelf } from '../plans/plan-shelf.ts'
import { weighAnswer } from './weigh-answer.ts'

/** The same look as before every verdict, for words that nobody is there to hear. */
export function createWeigher(azure: Azure, config: Config): Weigher {
  const look = weighAnswer({ azure, config, plans: createPlanShelf(azure) })
  const { store } = azure.app
  const nameOf = async (chain: string, answer: string): Promise<string> => {
    const entry = entriesOfKind(await chainsIn(store).read(chain), 'answer').find(({ said }) => said.id === answer)
    return (entry && (await wordsOfAnswer.read(store, entry.said.said))?.by) ?? 'whoever said it'
  }
  return {
    weigh: async ({ onboarding, plan, chain, answer, by: author, now }) => {
      try {
        const as = { chain, generation: author?.generation ?? 1 }
        const by = await nameOf(chain, answer)
        const { why } = await look({ onboarding, plan, answer, by, now, as }, silent)
        if (why === undefined) return 'counts'
        if (author) await judged(store, author, { onboarding, verdicts: [{ answer, verdict: 'refused', why }] })
        return 'refused'
      } catch (error) {
        if (error instanceof AzureCallError) return 'unread'
        throw error
      }
    }
  }
}

const silent = { info: () => undefined, warn: () => undefined }
