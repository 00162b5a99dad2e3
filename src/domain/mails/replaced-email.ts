import { mailBody, type OutgoingText } from './mail-body.ts'
import { mostInCopy } from './mail-copies.ts'
import { isGroup } from '../people/parties.ts'
import type { About } from './operator-email.ts'
import type { ReplacedLetter } from './operator-letters.ts'

/**
 * To the one who is said to leave, to the one who takes over, and in copy to everybody else who is named. One operator's
 * word is enough to replace another: who is replaced must hear of it (SECURITY.md).
 */
export function replacedEmail(
  { plan, banner }: Pick<About, 'plan' | 'banner'>,
  { slot, leaves, joins, by, reason }: Omit<ReplacedLetter, 'kind' | 'id'>
): OutgoingText {
  const { id: onboarding } = plan
  const named = plan.slots.flatMap(({ operators }) => operators)
  const subject = `Customer Key onboarding ${onboarding}: ${joins} acts for slot ${String(slot)} in place of ${leaves}`
  return {
    to: [leaves, joins],
    cc: [...new Set([...named, by])]
      .filter((party) => !isGroup(party) && party !== leaves && party !== joins)
      .slice(0, mostInCopy - 1),
    subject: banner === undefined ? subject : `${banner} · ${subject}`,
    ...mailBody(
      [
        `${by} says that ${leaves} leaves, and that ${joins} takes over as operator of slot ${String(slot)}. The reason given: ${reason}`,
        `${leaves}: if this is not so, tell the other operators at once. Any of them can end the onboarding (ckey cancel ${onboarding}), ` +
          'and nothing that exists is lost by that.',
        `${joins}: read the plan (ckey status ${onboarding}); you are asked from now on.`
      ],
      banner
    )
  }
}
