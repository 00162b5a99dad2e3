import { z } from 'zod'
import { reason } from './answer-fields.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { reasonForm } from './reason-form.ts'
import { anyOperator } from './whom.ts'

/** Ends an onboarding, whatever it waits for; what was made in Azure stays. */
export const cancel = defineTask('cancel', {
  answer: {
    component: 'CancelAnswer',
    schema: z.strictObject({ reason }),
    example: { reason: 'We start again with other regions' }
  },
  form: {
    ...reasonForm('At least 10 characters; nothing is undone in Azure'),
    title: () => 'End this onboarding',
    action: 'Cancel the onboarding',
    warns: true
  },
  toRead: 'nothing',
  steps: none,
  commands: none,
  asks: (_, __: object) => 'End this onboarding.',
  whom: anyOperator,
  role: 'Operator',
  stepUp: false,
  optional: true,
  stands: 'beside',
  ofVault: false,
  proves: undefined,
  faults: none,
  reads: { status: () => 'the onboarding', reason: (answer) => answer.reason, handOff: unsaid }
})
