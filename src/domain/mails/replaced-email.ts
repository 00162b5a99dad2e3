import { mailBody, type Block, type OutgoingText } from './mail-body.ts'
import { besidesIn } from './mail-copies.ts'
import { isGroup } from '../people/parties.ts'
import { readerRole } from '../people/second-word.ts'
import { addressIn } from '../plan/planned-people.ts'
import { hoursOfDelay, newcomerInWords } from '../plan/replacements.ts'
import type { About } from './operator-email.ts'
import type { ReplacedLetter } from './operator-letters.ts'

type Told = Omit<ReplacedLetter, 'kind' | 'id' | 'officers'>

/**
 * To the one who is said to leave, to the one who takes over, and in copy to everybody else who is named, and to `others`:
 * the officers, and whoever could say the second word. Whoever is to be replaced must hear of it while it can be stopped
 * (SECURITY.md).
 */
export function replacedEmail(
  { plan, banner }: Pick<About, 'plan' | 'banner'>,
  told: Told,
  others: readonly string[] = []
): OutgoingText {
  const { leaves, joins } = told
  const named = plan.slots.flatMap(({ operators, administrators }) => [
    ...operators,
    ...administrators.flatMap((party) => addressIn(plan.people, party) ?? [])
  ])
  const subject = `Customer Key onboarding ${plan.id}: ${subjects[told.stage](told)}`
  return {
    to: [leaves, joins],
    cc: besidesIn(
      [leaves, joins],
      others,
      named.filter((party) => !isGroup(party))
    ),
    subject: banner === undefined ? subject : `${banner} · ${subject}`,
    ...mailBody(texts[told.stage](told, plan.id), banner)
  }
}

const subjects: Readonly<Record<Told['stage'], (told: Told) => string>> = {
  proposed: ({ slot, leaves, ...told }) =>
    `${newcomerInWords({ leaves, ...told })} is proposed for slot ${slot} in place of ${leaves}`,
  stands: ({ slot, leaves, ...told }) =>
    `${newcomerInWords({ leaves, ...told })} takes over for slot ${slot} in place of ${leaves}`,
  withdrawn: ({ slot, leaves, ...told }) =>
    `${newcomerInWords({ leaves, ...told })} does not take over for slot ${slot} in place of ${leaves}`
}

const texts: Readonly<Record<Told['stage'], (told: Told, onboarding: string) => readonly Block[]>> = {
  proposed: ({ slot, leaves, joins, objectId, by, reason }, id) => [
    `${by} says that ${leaves} leaves, and that ${newcomerInWords({ leaves, joins, objectId })} is to take over as operator of slot ${slot}. The reason given: ${reason}`,
    `Nothing is changed yet. It stands once a Custodian says so, too, who stands for neither slot: ckey complete ${id} ` +
      `confirm-replacement-${slot}. Where nobody has that role, it stands once an Owner of the subscription of slot ${slot} gives ` +
      `${joins} the role ${readerRole.name} on the slot’s store; or ${hoursOfDelay} hours after this mail, if nobody has stopped it.`,
    `${leaves}: if this is not so, stop it: ckey complete ${id} withdraw-replacement-${slot}, or on the page. Any operator can. ` +
      'If you cannot sign in any more, tell one of them at once.',
    `${joins}: there is nothing to do yet.`
  ],
  stands: ({ slot, leaves, joins, by, reason }, id) => [
    `${by} said that ${leaves} leaves (${reason}), and it was confirmed: ${leaves} acts for slot ${slot} no more.`,
    `${joins}: read the plan (ckey plan ${id}), then confirm it (ckey complete ${id} confirm-plan-${slot}). You act from then on.`,
    `${leaves}: if this is not so, tell the other operators at once. Any of them can end the onboarding (ckey cancel ${id}), ` +
      'and nothing that exists is lost by that.'
  ],
  withdrawn: ({ slot, leaves, by, reason }) => [
    `${by} stopped the replacement of ${leaves} in slot ${slot}. The reason given: ${reason}`,
    'Whoever acted before goes on to.'
  ]
}
