import { aliasEmail, featuresOf } from '../../domain/mails/alias-email.ts'
import { escalationEmail, type About, type OperatorEmail } from '../../domain/mails/operator-email.ts'
import type { EscalationLetter } from '../../domain/mails/operator-letters.ts'

/** To the alias that was written to first, with what it was told then (R25). */
export function escalationMail(letter: EscalationLetter, about: About): OperatorEmail {
  const { workload, offers, due, number } = letter
  const features = featuresOf(about.plan, letter.states)
  const first = aliasEmail({ plan: about.plan, workload, offers, features, banner: undefined })
  return escalationEmail(about, { due, number, features }, first)
}
