import { operatorsOf } from '../../domain/mails/operator-email.ts'
import { namedNow } from '../../domain/plan/replacements.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { escalationMail } from './escalation-mail.ts'
import { operationIdOf } from './operation-id.ts'
import { sendOnce, sentBefore } from './send-once.ts'
import { withPeople } from './with-people.ts'

/** The alias of one workload is asked again (R25), once for each `ordinal`. */
export const mailEscalation =
  ({ azure, config, plans }: PlannedReach): Step<'mail-escalation'> =>
  async ({ onboarding, now, letter, ordinal, plan: ref, replaced = [] }) => {
    const plan = await plans.planOf(ref)
    const operationId = operationIdOf(plan, 'escalation', letter.workload, String(ordinal))
    const purpose = { onboarding, kind: letter.kind, now }
    if (await sentBefore(azure, purpose, operationId)) return { operationId }
    const addressed = await withPeople(azure.app.graph, namedNow(plan, replaced))
    // Microsoft reads what the article asks for; that it is a test is for operators to know.
    const about = { plan: addressed, appUrl: config.appUrl, banner: config.banner, sla: plan.deployment.sla }
    const mail = escalationMail(letter, about)
    await sendOnce(azure, purpose, { ...mail, operationId, replyTo: operatorsOf(addressed) })
    return { operationId }
  }
