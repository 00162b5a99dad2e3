import { approve, otherDigest } from './approve.ts'
import { shortDigest } from '../plan/plan-digest.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { lineOf } from './said.ts'
import { newcomers } from './whom.ts'

/** Whoever takes over in a slot reads what was approved before they act for it (R11). */
export const confirmPlan = defineTask('confirm-plan', {
  answer: approve.answer,
  form: {
    ...approve.form,
    title: ({ slot }) => `Confirm the plan for slot ${slot}`,
    action: 'Confirm the plan'
  },
  toRead: 'plan',
  steps: none,
  commands: none,
  asks: ({ slot }, { planDigest }: { readonly planDigest: string }) =>
    `You take over in slot ${slot}: read the plan ${shortDigest(planDigest)} and what it makes irrevocable, then confirm that you stand for ` +
    'it. Until then you act for nothing here.',
  whom: newcomers,
  role: 'Approver',
  stepUp: true,
  optional: true,
  stands: 'alone',
  ofVault: false,
  proves: undefined,
  faults: otherDigest,
  reads: {
    status: ({ slot }) => `plan for slot ${slot}`,
    reason: unsaid,
    handOff: (said) => ({ approvals: lineOf(said) })
  }
})
