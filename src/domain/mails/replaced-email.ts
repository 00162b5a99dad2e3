import { mailBody, type OutgoingText } from './mail-body.ts'
import { mostInCopy } from './mail-copies.ts'
import { isGroup } from '../people/parties.ts'
import type { Plan } from '../plan/plan.ts'
import type { Replacement } from '../plan/replacements.ts'

export interface ReplacementFacts extends Omit<Replacement, 'id' | 'at'> {
  readonly onboarding: string
  /** Who says so: an operator of the other slot. */
  readonly by: string
  readonly reason: string
  readonly slots: Plan['slots']
  /** e.g. `REHEARSAL`. */
  readonly banner?: string | undefined
}

/**
 * To the one who is said to leave, to the one who takes over, and in copy to everybody else who is named. One operator's
 * word is enough to replace another: who is replaced must hear of it (SECURITY.md).
 */
export function replacedEmail({
  onboarding,
  slot,
  leaves,
  joins,
  by,
  reason,
  slots,
  banner
}: ReplacementFacts): OutgoingText {
  const named = slots.flatMap(({ operators }) => operators)
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
