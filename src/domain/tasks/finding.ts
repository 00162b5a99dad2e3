import { z } from 'zod'
import { reason } from './answer-fields.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { buttonAlone, done } from './nothing-to-say.ts'
import { reasonForm } from './reason-form.ts'
import { findingOperators } from './whom.ts'

/** What is the same of all ways on from a finding, each by the finding's code. */
const onFinding = {
  toRead: 'nothing',
  steps: none,
  commands: none,
  whom: findingOperators,
  optional: false,
  stands: 'with-finding',
  proves: undefined,
  faults: none
} as const

export const retry = defineTask('retry', {
  ...onFinding,
  answer: done,
  form: { ...buttonAlone, title: ({ code }) => `Look again at ${code}`, action: 'Retry', warns: false },
  asks: (_, __: object) => 'Mend what the finding names, then retry.',
  role: 'Operator',
  stepUp: false,
  ofVault: false,
  reads: { status: ({ code }) => code, reason: unsaid, handOff: unsaid }
})

/** Where the check allows it (DESIGN rule 8). The record of it stands in the hand-off. */
export const override = defineTask('override', {
  ...onFinding,
  answer: {
    component: 'OverrideAnswer',
    schema: z.strictObject({ reason }),
    example: { reason: 'Microsoft confirmed the licence by phone' }
  },
  form: {
    ...reasonForm('At least 10 characters; recorded with your name in the hand-off'),
    title: ({ code }) => `Go on although ${code} does not hold`,
    action: 'Override',
    warns: false
  },
  asks: (_, __: object) => 'Go on although this does not hold; your name and reason are recorded.',
  role: 'Approver',
  stepUp: true,
  ofVault: false,
  reads: { status: ({ code }) => code, reason: (answer) => answer.reason, handOff: unsaid }
})

interface Mendable {
  /** What the app does about the finding. */
  readonly mend: string
}

/** The app does it, on an operator's word. */
export const mend = defineTask('mend', {
  ...onFinding,
  answer: done,
  form: { ...buttonAlone, title: ({ code }) => `Have the app mend ${code}`, action: 'Mend it', warns: false },
  asks: (_, about: Mendable) => about.mend,
  role: 'Operator',
  stepUp: false,
  ofVault: true,
  reads: {
    status: ({ code }) => code,
    reason: unsaid,
    handOff: unsaid
  }
})
