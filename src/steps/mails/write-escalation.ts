import { buildPlan } from '../../domain/plan/build-plan.ts'
import { operatorsOf } from '../../domain/mails/operator-email.ts'
import { planNow } from '../../domain/plan/replacements.ts'
import type { Reach, Step } from '../step.ts'
import { sha256 } from '../../records/digests.ts'
import { escalationMail } from './escalation-mail.ts'
import { writeMailFile } from '../../records/mail-file.ts'
import { withPeople } from './with-people.ts'

/** An escalation to the alias of one workload, written for a person to send, the operators in copy (R25). */
export const writeEscalation =
  ({ azure, config }: Reach): Step<'write-escalation'> =>
  async (input) => {
    const { onboarding, request, letter, task, sla, replaced = [] } = input
    const plan = await withPeople(azure.app.graph, planNow(buildPlan(request, sha256), replaced))
    const { to, subject, text } = escalationMail(letter, { plan, banner: config.banner, sla }, config)
    await writeMailFile(azure.app.store, { onboarding, task }, { to, cc: operatorsOf(plan), subject, text })
    return { to: to.join(', ') }
  }
