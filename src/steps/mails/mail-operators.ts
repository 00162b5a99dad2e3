import type { OperatorMail } from '../../contracts/activities.ts'
import { featuresOf } from '../../domain/mails/alias-email.ts'
import { markOf } from '../../domain/terms/choices.ts'
import {
  breachEmail,
  doneEmail,
  findingsEmail,
  operatorsOf,
  reminderEmail,
  startedEmail,
  tasksAgainEmail,
  tasksEmail,
  type About,
  type MailedFinding,
  type OperatorEmail
} from '../../domain/mails/operator-email.ts'
import { checkOf } from '../../domain/checks/all-checks.ts'
import { sameAs, type LetterFinding } from '../../domain/mails/operator-letters.ts'
import { planNow } from '../../domain/plan/replacements.ts'
import { calendarOf } from '../../domain/calendar/sla.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import type { Step } from '../step.ts'
import { escalationMail } from './escalation-mail.ts'
import { handOffMarkdownName } from '../../records/hand-off.ts'
import { operationIdOf } from './operation-id.ts'
import { sendOnce, wasSent } from './send-once.ts'
import { withPeople } from './with-people.ts'

/** Writes one letter to the operators or, on a breach, to an alias; one that was sent before is not sent again. */
export const mailOperators =
  ({ azure, config, plans }: PlannedReach): Step<'mail-operators'> =>
  async (input, log) => {
    const { onboarding, now, letter, replaced = [] } = input
    const plan = await plans.planOf(input.plan)
    const { sla } = plan.deployment
    const same = sameAs(letter, now, calendarOf(sla))
    const operationId = operationIdOf(plan, 'operators', ...same)
    const purpose = { onboarding, kind: same[0], now }
    // The alert of infra/modules/alerts.bicep looks for this line.
    if (letter.kind === 'breach') log.warn(`sla-breach onboarding=${onboarding} due=${letter.due}`)
    if (await wasSent(azure, purpose, operationId)) return { operationId }
    const addressed = await withPeople(azure.app.graph, planNow(plan, replaced))
    // Microsoft reads what the article asks for; that it is a test is for operators to know.
    const banner = letter.kind === 'escalation' ? config.banner : markOf(config.banner, plan.purpose)
    const about = { plan: addressed, appUrl: config.appUrl, banner, sla }
    await sendOnce(azure, purpose, { ...emailOf(input, about), operationId, replyTo: operatorsOf(addressed) })
    return { operationId }
  }

const explained = (finding: LetterFinding): MailedFinding => ({ ...finding, means: checkOf(finding)?.means })

function emailOf({ letter, onboarding, now }: OperatorMail, about: About): OperatorEmail {
  switch (letter.kind) {
    case 'started':
      return startedEmail(about, letter.startedBy)
    case 'tasks':
      return tasksEmail(about, letter.step, letter.tasks)
    case 'tasks-again':
      return tasksAgainEmail(about, { ...letter, now })
    case 'findings':
      return findingsEmail(about, { ...letter, findings: letter.findings.map(explained), now })
    case 'reminder':
      return reminderEmail(about, { due: letter.due, features: featuresOf(about.plan, letter.states) })
    case 'breach':
      return breachEmail(about, { ...letter, features: featuresOf(about.plan, letter.states) })
    case 'escalation':
      return escalationMail(letter, about)
    case 'done':
      return doneEmail(about, handOffMarkdownName(onboarding))
  }
}
