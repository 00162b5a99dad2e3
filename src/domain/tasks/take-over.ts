import { z } from 'zod'
import { reason } from './answer-fields.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { reasonForm } from './reason-form.ts'
import { anyOperator } from './whom.ts'

/** Where the timer must not decide it: a new instance goes on from the ledger in place of one that is gone. */
export const takeOver = defineTask('take-over', {
  answer: {
    component: 'TakeOverAnswer',
    schema: z.strictObject({ reason }),
    example: { reason: 'The instance was terminated by mistake' }
  },
  form: {
    ...reasonForm('At least 10 characters; what was said and done stands, nobody is asked twice'),
    title: () => 'Have a new instance take over',
    action: 'Take over',
    warns: false
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: (_, __: object) =>
    'The instance that carried this is gone: have a new one take over, which goes on where that one was, or end it by cancel.',
  whom: anyOperator,
  role: 'Approver',
  stepUp: true,
  optional: false,
  stands: 'alone',
  ofVault: false,
  proves: undefined,
  faults: none,
  reads: { status: () => 'the onboarding', reason: (answer) => answer.reason, handOff: unsaid }
})
