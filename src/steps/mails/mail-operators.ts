import type { OperatorMail } from '../../contracts/activities.ts'
import { AzureCallError, isPassing } from '../../azure/errors.ts'
import { featuresOf } from '../../domain/mails/alias-email.ts'
import { markOf } from '../../domain/terms/choices.ts'
import { confirmationEmail, takenOverEmail, verdictEmail } from '../../domain/mails/minute-emails.ts'
import {
  breachEmail,
  cancelledEmail,
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
import { officerReplacedEmail } from '../../domain/mails/officer-email.ts'
import { replacedEmail } from '../../domain/mails/replaced-email.ts'
import { checkOf } from '../../domain/checks/all-checks.ts'
import {
  sameAs,
  type LetterFinding,
  type OperatorLetter,
  type ReplacedLetter
} from '../../domain/mails/operator-letters.ts'
import { namedNow } from '../../domain/plan/replacements.ts'
import { calendarOf } from '../../domain/calendar/sla.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'
import { custodianIds } from '../people/custodians.ts'
import type { LedgerReach, Reach, Step } from '../step.ts'
import { handOffMarkdownName } from '../../records/hand-off.ts'
import { addressOf } from './address-of.ts'
import { isMailToMicrosoftDue } from './microsoft-first.ts'
import { knownBefore } from './known-before.ts'
import { operationIdOf } from './operation-id.ts'
import { hasRoom } from './room.ts'
import { sendOnce, sentBefore } from './send-once.ts'
import { withPeople } from './with-people.ts'

/** Writes one letter to the operators, or to one of them; one that was sent before is not sent again. */
export const mailOperators =
  ({ azure, config, plans, ledger }: PlannedReach & LedgerReach): Step<'mail-operators'> =>
  async (input, log) => {
    const { onboarding, now, letter, yields, replaced = [] } = input
    const plan = await plans.planOf(input.plan)
    const { sla } = plan.deployment
    const same = sameAs(letter, now, calendarOf(sla))
    const operationId = operationIdOf(plan, 'operators', ...same)
    const purpose = { onboarding, kind: same[0], now }
    // The alert of infra/modules/alerts.bicep looks for this line.
    if (letter.kind === 'breach') log.warn(`sla-breach onboarding=${onboarding} due=${letter.due}`)
    const before = await sentBefore(azure, purpose, operationId)
    if (before) return { operationId, before: true, sentAt: before.sentAt }
    if (yields && (await isMailToMicrosoftDue(ledger))) return { held: 'microsoft-first' }
    if (!(await hasRoom(azure.app.store, config.mail.sender, now))) return { held: 'hour-is-full' }
    const addressed = await withPeople(azure.app.graph, namedNow(plan, replaced))
    const about = { plan: addressed, appUrl: config.appUrl, banner: markOf(config.banner, plan.purpose), sla }
    const mail = await emailOf(input, about, { azure, config })
    const { sentAt } = await sendOnce(azure, purpose, { ...mail, operationId, replyTo: operatorsOf(addressed) })
    return { operationId, before: false, sentAt }
  }

const explained = (finding: LetterFinding): MailedFinding => ({ ...finding, means: checkOf(finding)?.means })

async function emailOf(
  mail: OperatorMail,
  about: About,
  reach: Reach
): Promise<OperatorEmail & { cc?: readonly string[] }> {
  const { letter } = mail
  const { graph } = reach.azure.app
  const addresses = async (...people: readonly { readonly upn: string; readonly oid?: string }[]) =>
    (await Promise.all(people.map((each) => addressOf(graph, about.plan, each)))).flatMap((address) => address ?? [])
  /** Whoever has no address is told through the others. */
  const giver = async (person: { readonly upn: string; readonly oid: string }) => {
    const own = await addresses(person)
    return own.length > 0 ? own : operatorsOf(about.plan)
  }
  /** By object id where both have one name: they need not read the same mail. */
  const toBoth = async ({ leaves, joins, objectId }: ReplacedLetter) => [
    ...new Set(await addresses({ upn: leaves }, { upn: joins, ...(objectId !== undefined && { oid: objectId }) }))
  ]
  if (letter.kind === 'confirmation') return confirmationEmail(about, letter, await giver(letter.giver))
  if (letter.kind === 'verdict') return verdictEmail(about, letter, await giver(letter.giver))
  if (letter.kind === 'replaced')
    return {
      ...replacedEmail(about, letter, await alsoTold(reach, letter)),
      to: await toBoth(letter)
    }
  if (letter.kind === 'officer-replaced') return officerReplacedEmail(about, letter)
  const toAll = emailToAll({ ...mail, letter }, about)
  if (letter.kind !== 'started') return toAll
  return { ...toAll, cc: await knownBefore(reach, about.plan.organization.tenantId, toAll.to) }
}

/** The officers, and whoever could say the second word. */
async function alsoTold(reach: Reach, { stage, officers }: ReplacedLetter): Promise<string[]> {
  if (stage !== 'proposed') return [...officers]
  const custodians = await custodianIds(reach).catch(noneOf)
  const { graph } = reach.azure.app
  const found = await Promise.all(custodians.map(async (oid) => (await graph.user(oid)).value?.mail ?? []))
  return [...officers, ...found.flat()]
}

/** The others are told all the same where the directory does not let the app read who has which role. */
function noneOf(error: unknown): string[] {
  if (!(error instanceof AzureCallError) || isPassing(error)) throw error
  return []
}

interface ToAll extends Omit<OperatorMail, 'letter'> {
  readonly letter: Exclude<OperatorLetter, { kind: 'confirmation' | 'verdict' | 'replaced' | 'officer-replaced' }>
}

function emailToAll({ letter, onboarding, now }: ToAll, about: About): OperatorEmail {
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
    case 'taken-over':
      return takenOverEmail(about, letter)
    case 'cancelled':
      return cancelledEmail(about, letter)
    case 'done':
      return doneEmail(about, { name: handOffMarkdownName(onboarding), sha256: letter.sha256 })
  }
}
