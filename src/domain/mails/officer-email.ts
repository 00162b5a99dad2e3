import { sameText } from '../terms/same-text.ts'
import { mailBody, type Block, type OutgoingText } from './mail-body.ts'
import { besidesIn } from './mail-copies.ts'
import type { About } from './operator-email.ts'
import type { OfficerLetter } from './operator-letters.ts'

type Told = Omit<OfficerLetter, 'kind' | 'id'>

/**
 * That an officer is replaced: before it is so to the one who leaves, with everybody who ever was an officer and all
 * operators; then to the newcomer. Who may have keys destroyed is never changed behind those who may (R15).
 */
export function officerReplacedEmail({ plan, banner }: Pick<About, 'plan' | 'banner'>, told: Told): OutgoingText {
  const subject = `Customer Key onboarding ${plan.id}: ${subjects[told.stage](told)}`
  return {
    ...receivers[told.stage](
      told,
      plan.slots.flatMap(({ operators }) => operators)
    ),
    subject: banner === undefined ? subject : `${banner} · ${subject}`,
    ...mailBody(texts[told.stage](told, plan.id), banner)
  }
}

type By<Value> = Readonly<Record<Told['stage'], Value>>

const receivers: By<(told: Told, operators: readonly string[]) => Pick<OutgoingText, 'to' | 'cc'>> = {
  announced: ({ leaves, joins, earlier }, operators) => ({
    to: [leaves],
    cc: besidesIn(
      [leaves, joins],
      earlier.filter((each) => !sameText(each, leaves)),
      operators
    )
  }),
  stands: ({ joins }) => ({ to: [joins], cc: [] })
}

const subjects: By<(told: Told) => string> = {
  announced: ({ leaves, joins }) => `${joins} is to be an officer in place of ${leaves}`,
  stands: ({ leaves, joins }) => `${joins} is an officer in place of ${leaves}`
}

const texts: By<(told: Told, onboarding: string) => readonly Block[]> = {
  announced: ({ leaves, joins, by, reason }, id) => [
    `${by} says that ${leaves} is an officer no more, and that ${joins} is: among those who may authorise the destruction of keys, in ` +
      `what is written to Microsoft from now on. The reason given: ${reason}`,
    `${leaves}: if this is not so, reply to this mail, which goes to all operators, and tell whoever you answer to. Any Approver puts ` +
      `it back: ckey complete ${id} replace-officer. Microsoft goes by what you and your organisation have told it.`,
    'Whoever was an officer at any time goes on hearing of every change of people in this onboarding.'
  ],
  stands: ({ leaves, joins, by, reason }) => [
    `${by} has named you as an officer in place of ${leaves}. The reason given: ${reason}`,
    `${joins}: Microsoft may ask you before it destroys keys. ${leaves} and all operators were told before you.`
  ]
}
