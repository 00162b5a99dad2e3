import type { PlannedReach } from '../plans/plan-shelf.ts'
import { entriesOfKind } from '../../domain/ledger/entry.ts'
import { gateOf } from '../../domain/ledger/gates.ts'
import { concernedBy } from '../../domain/ledger/parties-now.ts'
import { changesBy } from '../../domain/ledger/people-changed.ts'
import { planNow } from '../../domain/plan/replacements.ts'
import { changesOf } from '../../domain/tasks/whom.ts'
import { sameText } from '../../domain/terms/same-text.ts'
import { taskNamed } from '../../domain/tasks/task.ts'
import { authorOf, bothChains } from '../ledger/own-chain.ts'
import { amendmentsIn } from '../ledger/heard.ts'
import type { Step } from '../step.ts'
import { changesIn, partiesIn } from './parties-of.ts'
import { weighed } from './weighed.ts'

/** Whether an answer counts from whoever gave it: by the ledger, the plan and the directory, as they are at this moment (R11). */
export const weighAnswer =
  (reach: PlannedReach): Step<'weigh-answer'> =>
  async (input) => {
    const { onboarding, answer, by, now } = input
    const { store } = reach.azure.app
    const author = authorOf(input)
    const { own, whole } = await bothChains(store, author, { onboarding })
    const entry = entriesOfKind(own, 'answer').find(({ said }) => said.id === answer)
    const task = entry && taskNamed(entry.said.task)
    if (!entry || !task) throw new Error(`The answer ${answer} is not in the chain ${author.chain}. Report it.`)
    const plan = await reach.plans.planOf(input.plan)
    const { proposals, replaced } = changesBy(await amendmentsIn(store, whole))
    const gate = gateOf(task, { ...planNow(plan, replaced), changes: changesOf(proposals, replaced) }, author.chain)
    const changes = await changesIn(store, whole, plan)
    const { oid } = entry.said.by
    return weighed(reach, {
      gate,
      person: { oid, by },
      isOther: concernedBy(task, changes).some((each) => sameText(each, oid)),
      parties: partiesIn(whole, plan, changes),
      tenantId: plan.organization.tenantId,
      now
    })
  }
