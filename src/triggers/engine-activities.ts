import type { InvocationContext } from '@azure/functions'
import type { Activities, EngineActivityName } from '../contracts/activities.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import type { Steps } from '../contracts/steps.ts'
import type { VaultSetUpInput } from '../contracts/vault-set-up.ts'
import type { Outcome } from '../domain/terms/outcome.ts'
import { branchChain } from '../domain/ledger/chains.ts'
import { entriesOfKind } from '../domain/ledger/entry.ts'
import { branchKeyOf, carriedBranch, startFirst, type Carriers } from './carry.ts'
import { orchestrationsOf } from './durable-client.ts'
import { hubOf } from './hub.ts'
import { mailLater, startLetter } from './mails.ts'
import { wakeAll } from './wake.ts'

type EngineHandlers = { readonly [N in EngineActivityName]: Handler<N> }

/**
 * What carries out each activity that asks the engine: it needs a durable client, which an activity of Azure has no use for; and
 * the ledger, which says what is to be asked of whom.
 */
export const engineHandlers = ({ ledger, starts }: Pick<Steps, 'ledger' | 'starts'>): EngineHandlers => ({
  wake: async ({ chains }, context) => {
    await wakeAll({ ledger, orchestrations: orchestrationsOf(context) }, chains)
    return { done: null }
  },
  'start-branches': async ({ branches }, context) => {
    const orchestrations = orchestrationsOf(context)
    await startBranches({ ledger, starts, orchestrations, hub: await hubOf(orchestrations) }, branches)
    return { done: null }
  },
  'post-letter': async (letter, context) => {
    await startLetter(orchestrationsOf(context), letter)
    return { done: null }
  },
  'start-minute-mails': async ({ onboarding, moment }, context) => {
    await mailLater(orchestrationsOf(context), onboarding, moment)
    return { done: null }
  },
  'purge-finished': async ({ before }, context) => ({
    done: { purged: await orchestrationsOf(context).forget(shortRuns, before) }
  })
})

/** Each branch that never was; one that has a generation lives, or is the watch's (src/triggers/timers/watch.ts). */
async function startBranches(carriers: Carriers, branches: readonly VaultSetUpInput[]): Promise<void> {
  for (const input of branches) {
    const { onboarding } = input.task
    const branch = branchKeyOf(input)
    const entries = await carriers.ledger.entries(branchChain(onboarding, branch))
    const known = entriesOfKind(entries, 'generation').at(-1)?.said.input
    const kept = known ?? (await carriers.starts.keepBranch(input))
    await startFirst(carriers, carriedBranch(carriers, { onboarding, branch, input: kept }), entries)
  }
}

const shortRuns = Object.values(orchestrators).flatMap(({ isShort, prefix }) => (isShort ? [prefix] : []))

type Handler<N extends EngineActivityName> = (
  input: Activities[N]['input'],
  context: InvocationContext
) => Promise<Outcome<Activities[N]['output']>>
