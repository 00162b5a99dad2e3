import type { OperatorMail } from '../domain/activity-contracts.ts'
import { aliasEmail } from '../domain/alias-email.ts'
import { buildPlan } from '../domain/build-plan.ts'
import { doneEmail, escalationEmail, reminderEmail, type OperatorEmail, type WaitFacts } from '../domain/operator-email.ts'
import type { Graph } from '../azure/graph.ts'
import { hasGroups } from '../domain/parties.ts'
import type { Plan, SlotPlan } from '../domain/plan.ts'
import { planNow } from '../domain/replacements.ts'
import type { Config } from '../config.ts'
import type { Reach, Work } from './activity.ts'
import { guidOf, sha256 } from './digests.ts'
import { handOffName } from './hand-off-name.ts'
import { sendOnce } from './send-once.ts'
import { standingOf } from './standing.ts'

/** One mail of a kind to the operators; a reminder belongs to its due moment, an escalation to its number and alias. */
export const mailOperators = ({ azure, config }: Reach): Work<'mail-operators'> => async (input, log) => {
  const { onboarding, now, kind, due = '', number = 1, workload = '' } = input
  const plan = buildPlan(input.request, sha256)
  const { to, ...mail } = emailOf(input, await withPeople(azure.app.graph, planNow(plan, input.replaced ?? [])), config)
  const operationId = guidOf(plan.digest, kind, due, workload, String(number))
  await sendOnce(azure, { onboarding, kind, now }, { ...mail, to, operationId })
  // The alert of infra/modules/alerts.bicep looks for this line.
  if (kind === 'escalation') log.warn(`sla-breach onboarding=${onboarding} due=${due}`)
  return { operationId }
}

/** Mails go to people: the operators of the plan, groups expanded as they are now. */
async function withPeople(graph: Graph, plan: Plan): Promise<Plan> {
  const people = async (slot: SlotPlan): Promise<SlotPlan> =>
    ({ ...slot, operators: (await standingOf(graph, slot.operators)).flatMap(({ upn }) => upn ?? []) })
  const [first, second] = plan.slots
  if (!hasGroups([...first.operators, ...second.operators])) return plan
  return { ...plan, slots: [await people(first), await people(second)] }
}

function emailOf(input: OperatorMail, plan: Plan, config: Config): OperatorEmail {
  const { kind, due = '', states = [], onboarding } = input
  const { banner, calendar: { zone } } = config
  const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: states[slot - 1] ?? '' }))
  switch (kind) {
    case 'reminder': return reminderEmail({ plan, due, zone, features, banner })
    case 'escalation': return escalationOf(input, { plan, due, zone, features, banner }, config)
    case 'done': return doneEmail({ plan, handOff: handOffName(onboarding, 'md'), banner })
  }
}

/** To the alias that was written to first, with what it was told then. */
function escalationOf({ number = 1, workload, offers = [] }: OperatorMail, wait: WaitFacts, config: Config): OperatorEmail {
  if (workload === undefined) throw new Error('An escalation goes to the alias of one workload: name it.')
  const first = aliasEmail({ plan: wait.plan, workload, offers, features: wait.features, banner: undefined })
  return escalationEmail({ ...wait, number, first: { ...first, to: config.aliases[workload] ?? first.to } })
}
