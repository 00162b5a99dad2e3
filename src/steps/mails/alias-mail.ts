import type { Config } from '../../config/config.ts'
import type { AliasMailInput } from '../../contracts/activities.ts'
import { aliasEmail, featuresOf, type Email } from '../../domain/mails/alias-email.ts'
import { buildPlan } from '../../domain/plan/build-plan.ts'
import { mailChecks, mailExpected, type MailExpected } from '../../domain/checks/mail.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { planNow } from '../../domain/plan/replacements.ts'
import { sha256 } from '../../records/digests.ts'

export interface AliasMail {
  /** With those who act now. */
  readonly plan: Plan
  readonly mail: Email
  readonly expected: MailExpected
  /** A mail that breaks a rule is a finding, and goes nowhere. */
  readonly sound: boolean
}

/** The mail to the alias of one workload, and what it must be (R21–R24). */
export function aliasMail(
  { request, workload, offers, states, replaced = [] }: AliasMailInput,
  config: Config
): AliasMail {
  const plan = planNow(buildPlan(request, sha256), replaced)
  const features = featuresOf(plan, states)
  const alias = config.aliases[workload]
  const mail = {
    ...aliasEmail({ plan, workload, offers, features, banner: config.banner }),
    ...(alias ? { to: alias } : {})
  }
  const expected = mailExpected(plan, { workload, offers, alias })
  return { plan, mail, expected, sound: mailChecks.every((check) => check.holds(mail, expected)) }
}

export const unsent = {
  value: 'not sent',
  call: { operation: 'no call: the mail was held back', requestId: '', identity: 'app' }
} as const
