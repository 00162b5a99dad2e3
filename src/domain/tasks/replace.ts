import { ofSlot, otherSlot } from '../terms/by-slot.ts'
import { z } from 'zod'
import type { Plan } from '../plan/plan.ts'
import { newcomerInWords, type Newcomer } from '../plan/replacements.ts'
import type { Slot } from '../terms/evidence.ts'
import type { Fault } from '../terms/fault.ts'
import { person } from '../terms/fields.ts'
import { reason } from './answer-fields.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { text, type FormField, type FormValues } from './form.ts'
import { reasonForm } from './reason-form.ts'
import { lineOf } from './said.ts'
import { anyOperator, custodians, whoeverMinds } from './whom.ts'

const change = { leaves: person, joins: person }
const proposal = z.strictObject({ ...change, reason })

const whoLeaves: FormField = {
  name: 'leaves',
  label: 'Who leaves',
  kind: 'line',
  required: true,
  help: 'User principal name, e.g. alice@contoso.com'
}
const whoJoins: FormField = {
  name: 'joins',
  label: 'Who takes over',
  kind: 'line',
  required: true,
  help: 'User principal name of somebody who stands for nothing in the other slot'
}
const changeOf = (values: FormValues) => ({ leaves: text(values, 'leaves'), joins: text(values, 'joins') })

/** Somebody is to act for a slot in the place of one who leaves: one operator's word, which alone changes nothing (R11). */
export const replaceOperator = defineTask('replace-operator', {
  answer: {
    component: 'ReplaceOperatorAnswer',
    schema: proposal,
    example: { leaves: 'alice@contoso.com', joins: 'anna@contoso.com', reason: 'Alice left the company' }
  },
  form: {
    title: ({ slot }) => `Propose who replaces an operator of slot ${slot}`,
    action: 'Propose it',
    warns: false,
    fields: [whoLeaves, whoJoins, ...reasonForm('At least 10 characters; stands in the hand-off').fields],
    toAnswer: (values) => ({ ...changeOf(values), reason: text(values, 'reason') })
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: ({ slot }, _: object) =>
    `An operator of slot ${slot} leaves: propose who takes over. It stands once somebody outside both slots says so, too.`,
  whom: anyOperator,
  role: 'Operator',
  stepUp: false,
  optional: true,
  stands: 'beside',
  ofVault: false,
  proves: undefined,
  faults: ({ slot }, answer, { slots }) => strangerFaults(slots, slot, answer),
  reads: {
    status: ({ slot }) => `operator of slot ${slot}`,
    reason: (answer) => answer.reason,
    handOff: (said) => ({ replacements: { ...lineOf(said), ...said.answer } })
  }
})

/** Who leaves is named for the slot, and who takes over is named for neither. */
function strangerFaults(slots: Plan['slots'], slot: Slot, { leaves, joins }: z.output<typeof proposal>): Fault[] {
  const [own, other] = [ofSlot(slots, slot), ofSlot(slots, otherSlot(slot))]
  return [
    ...(own.operators.includes(leaves)
      ? []
      : [
          {
            path: '/leaves',
            message: `${leaves} is not named as operator of slot ${slot}; who is in a group changes in the directory. Name another.`
          }
        ]),
    ...([...other.operators, ...other.administrators].includes(joins)
      ? [{ path: '/joins', message: `${joins} stands for the other slot. Name somebody who stands for neither.` }]
      : own.operators.includes(joins) && joins !== leaves // an account made again is another person: the directory is asked
        ? [{ path: '/joins', message: `${joins} acts for slot ${slot} already. Name somebody who stands for neither.` }]
        : [])
  ]
}

/** What there is to confirm or to stop. */
type Proposed = Newcomer

/**
 * The second word, from outside both slots. It names whom it means: another proposal may have taken the place of the one that
 * was read.
 */
export const confirmReplacement = defineTask('confirm-replacement', {
  answer: {
    component: 'ConfirmReplacementAnswer',
    schema: z.strictObject(change),
    example: { leaves: 'alice@contoso.com', joins: 'anna@contoso.com' }
  },
  form: {
    title: ({ slot }) => `Confirm who replaces an operator of slot ${slot}`,
    action: 'Confirm it',
    warns: true,
    fields: [
      { ...whoLeaves, help: 'As proposed: type the name, to say that you know of it' },
      { ...whoJoins, help: 'As proposed: type the name, to say that you know who they are' }
    ],
    toAnswer: changeOf
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: ({ slot }, { leaves, joins, objectId }: Proposed) =>
    `${newcomerInWords({ leaves, joins, objectId })} is proposed for slot ${slot} in place of ${leaves}: ask ${leaves}, or whoever they answer to, and ${joins}, over a way you ` +
    'know already; confirm it only where it is true.',
  whom: custodians,
  role: 'Custodian',
  stepUp: true,
  optional: true,
  stands: 'alone',
  ofVault: false,
  proves: undefined,
  faults: none,
  reads: {
    status: ({ slot }) => `replacement in slot ${slot}`,
    reason: unsaid,
    handOff: (said) => ({ approvals: lineOf(said) })
  }
})

/** Whoever minds stops it: any operator, or the one who is said to leave. */
export const withdrawReplacement = defineTask('withdraw-replacement', {
  answer: {
    component: 'WithdrawReplacementAnswer',
    schema: z.strictObject({ reason }),
    example: { reason: 'I have not left and am not going to' }
  },
  form: {
    ...reasonForm('At least 10 characters'),
    title: ({ slot }) => `Stop the replacement in slot ${slot}`,
    action: 'Stop the replacement',
    warns: false
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: ({ slot }, { leaves, joins, objectId }: Proposed) =>
    `${newcomerInWords({ leaves, joins, objectId })} is proposed for slot ${slot} in place of ${leaves}: stop it, if that is not so.`,
  whom: whoeverMinds,
  role: 'Operator',
  stepUp: false,
  optional: true,
  stands: 'alone',
  ofVault: false,
  proves: undefined,
  faults: none,
  reads: { status: ({ slot }) => `replacement in slot ${slot}`, reason: (answer) => answer.reason, handOff: unsaid }
})
