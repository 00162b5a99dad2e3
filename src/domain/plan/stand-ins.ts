import { readerRole } from '../people/second-word.ts'
import type { Slot } from '../terms/evidence.ts'
import { hoursOfDelay } from './replacements.ts'

/** Who acts for one slot, groups expanded: their names. */
export interface OperatorsSeen {
  readonly slot: Slot
  readonly operators: readonly string[]
}

/** How many could say the second word; or why that could not be read. */
export type CustodiansSeen = { readonly outside: number } | { readonly unread: string }

/** What preflight warns of and does not stop at: who is away, or leaves, and what happens then. A sentence or more each. */
export const standInWarnings = (slots: readonly OperatorsSeen[], custodians: CustodiansSeen): string[] => [
  ...slots.flatMap(({ slot, operators }) =>
    operators.length === 1
      ? [
          `Slot ${slot} has one operator, ${operators.join('')}. While they are away nothing is approved, imported, attested or gone on ` +
            `with for slot ${slot}, and the onboarding waits; should they be gone, somebody else takes over once there is a second word ` +
            `(replace-operator-${slot}). Name two people, or a group.`
        ]
      : []
  ),
  ...custodianWarnings(custodians)
]

function custodianWarnings(custodians: CustodiansSeen): string[] {
  if ('unread' in custodians)
    return [
      `Who is a Custodian could not be read: ${custodians.unread}. Let the app read who has its roles (infra/consent).`
    ]
  return custodians.outside > 0
    ? []
    : [
        'Nobody who stands for neither slot has the role Custodian in the app. Whoever leaves is then replaced only once an Owner of the ' +
          `slot’s subscription gives the newcomer the role ${readerRole.name} on the slot’s store, or ${hoursOfDelay} hours after everybody ` +
          'was told and nobody stopped it. Give the role to somebody outside both slots (Entra ID, Enterprise applications).'
      ]
}
