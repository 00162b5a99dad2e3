import { newestGeneration } from '../../domain/ledger/standing.ts'
import { branchChainsOf, onboardingChain } from '../../domain/ledger/chains.ts'
import { confirmationsIn, isOpenIn, takeoversIn, verdictsAfter } from '../../domain/mails/minute-mails.ts'
import type { OperatorLetter } from '../../domain/mails/operator-letters.ts'
import type { Amendment } from '../../contracts/ledger.ts'
import type { Replacement } from '../../domain/plan/replacements.ts'
import { planRefOf } from '../../records/plan.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { LedgerReach, Step } from '../step.ts'

/** All that was said and taken over in one minute of an onboarding, in its chain and in those of its branches. */
export const gatherLetters =
  ({ azure, plans, ledger }: PlannedReach & LedgerReach): Step<'gather-letters'> =>
  async ({ onboarding, minute }) => {
    const ref = await planRefOf(azure.app.store, onboarding)
    const plan = await plans.planOf(ref)
    const own = onboardingChain(onboarding)
    const names = [own, ...branchChainsOf(plan)]
    const chains = Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await ledger.entries(name)] as const))
    )
    const there = names.filter((name) => (chains[name] ?? []).length > 0)
    const said = await ledger.said(there)
    const takeovers = takeoversIn(chains, minute)
    const letters: OperatorLetter[] = [
      ...confirmationsIn(said, minute).map((each) => ({ kind: 'confirmation', minute, ...each }) as const),
      ...verdictsAfter(said, minute).map((each) => ({ kind: 'verdict', ...each }) as const),
      ...(takeovers.length > 0 ? [{ kind: 'taken-over', minute, takeovers } as const] : [])
    ]
    const author = { chain: own, generation: newestGeneration(chains[own] ?? []) }
    const { amendments } = await ledger.recalled(author, onboarding)
    return {
      plan: ref,
      sla: plan.deployment.sla,
      replaced: amendments.flatMap(replacementOf),
      letters,
      isOpen: isOpenIn(said, minute)
    }
  }

function replacementOf(amendment: Amendment): Replacement[] {
  if (amendment.of !== 'operator') return []
  const { id, slot, leaves, joins, at } = amendment
  return [{ id, slot, leaves, joins, at }]
}
