import { z } from 'zod'
import type { Plan } from '../plan/plan.ts'
import { planDigest, shortDigest } from '../plan/plan-digest.ts'
import type { Fault } from '../terms/fault.ts'
import { defineTask, none, unsaid } from './define-task.ts'
import { text } from './form.ts'
import { lineOf } from './said.ts'
import type { Task } from './task.ts'
import { ownOperators } from './whom.ts'

const answer = z.strictObject({
  planDigest
})

interface DigestOfPlan {
  readonly planDigest: string
}

/** Two different people approve, each their own slot, before the registration that cannot be undone (R11). */
export const approve = defineTask('approve', {
  answer: {
    component: 'ApproveAnswer',
    schema: answer,
    example: { planDigest: 'v1.b32c0a7d5f1e4c7b9a8d6e3f2c1b0a99887766554433221100ffeeddccbb7a89' }
  },
  form: {
    title: ({ slot }) => `Approve slot ${slot}`,
    action: 'Approve the plan',
    warns: false,
    fields: [
      {
        name: 'read',
        flag: 'digest',
        label: 'I have read the plan and what it makes irrevocable',
        kind: 'confirm',
        required: true
      }
    ],
    toAnswer: (values, { planDigest }) => ({
      planDigest: text(values, 'read') === '' ? text(values, 'planDigest') : planDigest
    })
  },
  toRead: 'plan',
  steps: none,
  commands: none,
  asks: ({ slot }, { planDigest }: DigestOfPlan) =>
    `Read the plan ${shortDigest(planDigest)} and what it makes irrevocable in slot ${slot}, make sure that its ` +
    'subscription is not under Legacy Support, which Azure does not tell the app, then approve it.',
  whom: ownOperators,
  role: 'Approver',
  stepUp: true,
  optional: false,
  stands: 'alone',
  ofVault: false,
  proves: {
    family: 'approvals',
    expected: ({ slots }) => slots.map(({ slot }) => ({ kind: 'approve', slot }))
  },
  faults: otherDigest,
  reads: {
    status: ({ slot }) => `slot ${slot}`,
    reason: unsaid,
    handOff: (said) => ({ approvals: lineOf(said) })
  }
})

/** Who stands for a plan names it: another digest is that of another plan. */
export function otherDigest(
  _: Task,
  { planDigest: said }: z.output<typeof answer>,
  { digest }: Pick<Plan, 'digest'>
): Fault[] {
  if (said === digest) return []
  const message = `The digest is not that of this plan, ${digest}. Read the plan and send its digest.`
  return [{ path: '/planDigest', message }]
}
