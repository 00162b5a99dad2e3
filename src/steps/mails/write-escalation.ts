import { operatorsOf } from '../../domain/mails/operator-email.ts'
import { namedNow } from '../../domain/plan/replacements.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { escalationMail } from './escalation-mail.ts'
import { writeMailFile } from '../../records/mail-file.ts'
import { withPeople } from './with-people.ts'

/** An escalation to the alias of one workload, written for a person to send, the operators in copy (R25). */
export const writeEscalation =
  ({ azure, config, plans }: PlannedReach): Step<'write-escalation'> =>
  async (input) => {
    const { onboarding, letter, task, replaced = [] } = input
    const plan = await withPeople(azure.app.graph, namedNow(await plans.planOf(input.plan), replaced))
    const { to, subject, text } = escalationMail(letter, { plan, banner: config.banner, sla: plan.deployment.sla })
    await writeMailFile(azure.app.store, { onboarding, task }, { to, cc: operatorsOf(plan), subject, text })
    return { to: to.join(', ') }
  }
