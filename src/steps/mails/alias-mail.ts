import type { AliasMailInput } from '../../contracts/activities.ts'
import { aliasEmail, featuresOf, type Email } from '../../domain/mails/alias-email.ts'
import { isSound, mailExpected, type MailExpected } from '../../domain/checks/mail.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { namedNow } from '../../domain/plan/replacements.ts'
import type { PlannedReach } from '../plans/plan-shelf.ts'

export interface AliasMail {
  /** With those who act now. */
  readonly plan: Plan
  readonly mail: Email
  readonly expected: MailExpected
  /** A mail that breaks a rule is a finding, and goes nowhere. */
  readonly sound: boolean
}

/** The mail to the alias of one workload, and what it must be (R21–R24). */
export async function aliasMail(
  { plan: ref, workload, offers, states, replaced = [] }: AliasMailInput,
  { plans, config }: PlannedReach
): Promise<AliasMail> {
  const plan = namedNow(await plans.planOf(ref), replaced)
  const mail = aliasEmail({ plan, workload, offers, features: featuresOf(plan, states), banner: config.banner })
  const expected = mailExpected(plan, { workload, offers, states })
  return { plan, mail, expected, sound: isSound(mail, expected) }
}

export const unsent = {
  value: 'not sent',
  call: { operation: 'no call: the mail was held back', requestId: '', identity: 'app' }
} as const
