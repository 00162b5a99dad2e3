import { randomUUID } from 'node:crypto'
import type { Azure } from '../../azure/connect.ts'
import type { Ledger, NewAnswer } from '../../contracts/ledger.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import { branchChains, onboardingChain } from '../../domain/ledger/chains.ts'
import type { Entry } from '../../domain/ledger/entry.ts'
import { isClosed } from '../../domain/ledger/judgements.ts'
import { generationsIn } from '../../domain/ledger/standing.ts'
import { chainsIn } from '../../records/ledger/chains.ts'
import { reasonWhy, wordsOfAnswer } from '../../records/ledger/erasable.ts'
import { claimedOnboardings, claimTenant, openOnboardings } from './claims.ts'
import { amendmentsIn } from './heard.ts'
import { bothChains } from './own-chain.ts'
import { recalledIn } from './recalled.ts'
import { saidIn } from './said.ts'

/** What routes and timers ask of the ledger, and add to it. */
export function createLedger({ app: { store } }: Azure): Ledger {
  const chains = chainsIn(store)
  return {
    entries: (chain) => chains.read(chain),
    known: (chain) => chains.read(chain, (entries) => entries.length > 0),
    answer: (chain, answer) => addAnswer(store, chain, answer),
    said: (names, options) => saidIn(store, names, options),
    recalled: async (author, onboarding) => {
      const { unheard: _, ...recalled } = await recalledIn(store, await bothChains(store, author, { onboarding }))
      return recalled
    },
    claim: (tenantId, onboarding) => claimTenant(store, tenantId, onboarding),
    open: (unread) => openOnboardings(store, unread),
    claimed: () => claimedOnboardings(store),
    branches: async (onboarding) => {
      const begun = await chains.all(branchChains(onboarding))
      return Object.fromEntries(begun.map(({ chain, entries }) => [chain, entries]))
    },
    amendments: (whole) => amendmentsIn(store, whole),
    openOnboarding: async (onboarding, said) => {
      await chains.add(onboardingChain(onboarding), { kind: 'opened', id: 'opened', ...said })
    },
    failedMail: async (onboarding, { id, letter, why: because }) => {
      const why = await reasonWhy.keep(store, { onboarding, id }, { why: because })
      await chains.add(onboardingChain(onboarding), { kind: 'failed-mail', id, letter, why })
    },
    addGeneration: async (chain, said) => {
      const id = `generation.${String(said.number)}`
      const isNext = (entries: readonly Entry[]) => generationsIn(entries) === said.number - 1 && !isClosed(entries)
      const added = await chains.add(chain, { kind: 'generation', id, ...said }, isNext)
      return added?.isNew ?? false
    }
  }
}

/** The words first, so that an entry never points to nothing. */
async function addAnswer(store: RecordStore, chain: string, given: NewAnswer): Promise<Entry<'answer'>> {
  const { onboarding, task, serial, generation, person: by, answer } = given
  const id = randomUUID()
  const said = await wordsOfAnswer.keep(store, { onboarding, id }, { by: given.by, answer })
  const seen = { ...(serial !== undefined && { serial }), ...(generation !== undefined && { generation }) }
  const saying = { kind: 'answer', id, task, by, said, ...seen } as const
  const added = await chainsIn(store).add(chain, saying)
  if (added) return { ...added.entry, said: saying }
  throw new Error(`The answer to ${task} was not added to ${chain}. Answer again.`)
}
