import { z } from 'zod'
import { reason } from './answer-fields.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { buttonAlone, done } from './nothing-to-say.ts'
import { reasonForm } from './reason-form.ts'
import { anyOperator, ownOperators } from './whom.ts'

/** What is the same of stopping for a while and of going on. */
const pausing = {
  toRead: 'nothing',
  steps: none,
  commands: none,
  role: 'Operator',
  ofVault: false,
  proves: undefined,
  faults: none
} as const

/** Nothing more of this onboarding is done to Azure until both slots say go on; backups and sweeps are not held. */
export const halt = defineTask('halt', {
  ...pausing,
  answer: {
    component: 'HaltAnswer',
    schema: z.strictObject({ reason }),
    example: { reason: 'Somebody moves a subscription today' }
  },
  form: {
    ...reasonForm('At least 10 characters; backups and sweeps go on'),
    title: () => 'Halt this onboarding',
    action: 'Halt the onboarding',
    warns: false
  },
  asks: (_, __: object) => 'Have nothing more done to Azure until an operator of each slot says go on.',
  whom: anyOperator,
  stepUp: false,
  optional: true,
  stands: 'beside',
  reads: { status: () => 'the onboarding', reason: (answer) => answer.reason, handOff: unsaid }
})

/** A halt is over once one person of each slot has said so after it. */
export const goOn = defineTask('go-on', {
  ...pausing,
  answer: done,
  form: {
    ...buttonAlone,
    title: ({ slot }) => `Go on with slot ${slot}`,
    action: 'Go on',
    warns: false
  },
  asks: ({ slot }, _: object) =>
    `The onboarding is halted: say for slot ${slot} that it may go on. It does when both slots say so.`,
  whom: { ...ownOperators, acts: false },
  stepUp: true,
  optional: false,
  stands: 'alone',
  reads: { status: ({ slot }) => `slot ${slot}`, reason: unsaid, handOff: unsaid }
})
