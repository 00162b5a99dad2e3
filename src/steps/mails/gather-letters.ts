import { onboardingChain } from '../../domain/ledger/chains.ts'
import { confirmationsIn, isOpenIn, takeoversIn, verdictsAfter } from '../../domain/mails/minute-mails.ts'
import type { OperatorLetter } from '../../domain/mails/operator-letters.ts'
import { replacedBy } from '../../domain/ledger/people-changed.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { LedgerReach, Step } from '../step.ts'

/** All that was said and taken over in one minute of an onboarding, in its chain and in those of its branches. */
export const gatherLetters =
  ({ plans, ledger }: PlannedReach & LedgerReach): Step<'gather-letters'> =>
  async ({ onboarding, minute }) => {
    const { ref, plan } = await plans.ofOnboarding(onboarding)
    const own = onboardingChain(onboarding)
    const whole = await ledger.entries(own)
    const chains = { [own]: whole, ...(await ledger.branches(onboarding)) }
    const said = await ledger.said(Object.keys(chains), { read: new Map(Object.entries(chains)) })
    const takeovers = takeoversIn(chains, minute)
    const letters: OperatorLetter[] = [
      ...confirmationsIn(said, minute).map((each) => ({ kind: 'confirmation', minute, ...each }) as const),
      ...verdictsAfter(said, minute).map((each) => ({ kind: 'verdict', ...each }) as const),
      ...(takeovers.length > 0 ? [{ kind: 'taken-over', minute, takeovers } as const] : [])
    ]
    return {
      plan: ref,
      sla: plan.deployment.sla,
      replaced: replacedBy(await ledger.amendments(whole)),
      letters,
      isOpen: isOpenIn(said, minute)
    }
  }
