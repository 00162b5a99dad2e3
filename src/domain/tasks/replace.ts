import { ofSlot, otherSlot } from '../terms/by-slot.ts'
import { z } from 'zod'
import type { Plan } from '../plan/plan.ts'
import type { Slot } from '../terms/evidence.ts'
import type { Fault } from '../terms/fault.ts'
import { address, person } from '../terms/fields.ts'
import { officer, reason } from './answer-fields.ts'
import { defineTask, none } from './define-task.ts'
import { officerOf, text, type FormField } from './form.ts'
import { lineOf } from './said.ts'
import { anyOperator, otherOperators } from './whom.ts'

const operatorReplacement = z.strictObject({ leaves: person, joins: person, reason })
const officerReplacement = z.strictObject({ leaves: address, joins: officer, reason })

const reasonField: FormField = {
  name: 'reason',
  label: 'Reason',
  kind: 'line',
  required: true,
  help: 'At least 10 characters; stands in the hand-off'
}

/** Somebody acts for a slot in the place of one who leaves (R11). */
export const replaceOperator = defineTask('replace-operator', {
  answer: {
    component: 'ReplaceOperatorAnswer',
    schema: operatorReplacement,
    example: { leaves: 'alice@contoso.com', joins: 'anna@contoso.com', reason: 'Alice left the company' }
  },
  form: {
    title: ({ slot }) => `Replace an operator of slot ${slot}`,
    action: 'Replace the operator',
    warns: false,
    fields: [
      {
        name: 'leaves',
        label: 'Who leaves',
        kind: 'line',
        required: true,
        help: 'User principal name, e.g. alice@contoso.com'
      },
      {
        name: 'joins',
        label: 'Who takes over',
        kind: 'line',
        required: true,
        help: 'User principal name of somebody who stands for nothing in the other slot'
      },
      reasonField
    ],
    toAnswer: (values) => ({
      leaves: text(values, 'leaves'),
      joins: text(values, 'joins'),
      reason: text(values, 'reason')
    })
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: ({ slot }, _: object) => `An operator of slot ${slot} leaves: say who takes over.`,
  whom: otherOperators,
  role: 'Approver',
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

/** Who leaves is named for the slot, and who takes over is not named for the other one. */
function strangerFaults(
  slots: Plan['slots'],
  slot: Slot,
  { leaves, joins }: z.output<typeof operatorReplacement>
): Fault[] {
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
      : [])
  ]
}

/** Somebody is an officer of the offers in the place of one who leaves (R15). */
export const replaceOfficer = defineTask('replace-officer', {
  answer: {
    component: 'ReplaceOfficerAnswer',
    schema: officerReplacement,
    example: {
      leaves: 'olga@contoso.com',
      joins: { name: 'Omar Officer', email: 'omar@contoso.com' },
      reason: 'Olga retires'
    }
  },
  form: {
    title: () => 'Replace an officer',
    action: 'Replace the officer',
    warns: false,
    fields: [
      {
        name: 'leaves',
        label: 'Officer who leaves',
        kind: 'line',
        required: true,
        help: 'The address, as the offers have it'
      },
      {
        name: 'joins',
        label: 'Officer who takes over',
        kind: 'line',
        required: true,
        help: 'Olga Officer <olga@contoso.com>; tell Microsoft first'
      },
      reasonField
    ],
    toAnswer: (values) => ({
      leaves: text(values, 'leaves'),
      joins: officerOf(text(values, 'joins'))[0] ?? {},
      reason: text(values, 'reason')
    })
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: (_, __: object) => 'An officer leaves: tell Microsoft, then say who takes over.',
  whom: anyOperator,
  role: 'Approver',
  optional: true,
  stands: 'beside',
  ofVault: false,
  proves: undefined,
  faults: none,
  reads: {
    status: () => 'officer',
    reason: (answer) => answer.reason,
    handOff(said) {
      const { leaves, joins, reason: why } = said.answer
      return { replacements: { ...lineOf(said), leaves, joins: `${joins.name} <${joins.email}>`, reason: why } }
    }
  }
})
