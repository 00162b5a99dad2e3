import { z } from 'zod'
import { address } from '../terms/fields.ts'
import { officer, reason } from './answer-fields.ts'
import { defineTask, none } from './define-task.ts'
import { officerOf, text } from './form.ts'
import { reasonForm } from './reason-form.ts'
import { lineOf } from './said.ts'
import { anyOperator } from './whom.ts'

const officerReplacement = z.strictObject({ leaves: address, joins: officer, reason })

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
      ...reasonForm('At least 10 characters; stands in the hand-off').fields
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
  stepUp: true,
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
