import type { Slot } from './evidence.ts'
import type { Fault } from './fault.ts'
import type { Plan } from './plan.ts'
import { listOf } from './words.ts'

interface SlotsOfPlan {
  readonly slots: readonly { readonly slot: Slot; readonly operators: readonly string[] }[]
}

const ofSlot = /^(?:approve-slot|attest-offline|remove-setup-role)-([12])$/

/** Why this person may not answer this task, in a sentence; undefined when they may (R11). UPNs in lower case. */
export function whyNotBy(plan: SlotsOfPlan, task: string, by: string): string | undefined {
  const slot = ofSlot.exec(task)?.[1]
  const slots = plan.slots.filter((each) => slot === undefined || String(each.slot) === slot)
  const operators = slots.flatMap((each) => each.operators)
  if (operators.includes(by)) return undefined
  const whose = slot === undefined ? 'an operator of this onboarding' : `an operator of slot ${slot}`
  return `It needs ${whose}: ${listOf(operators)}. Ask one of them.`
}

/** An approval names the plan it approves: another digest approves another plan. */
export function approvalFaults(plan: Plan, task: string, answer: unknown): Fault[] {
  if (!task.startsWith('approve-slot-')) return []
  const digest = typeof answer === 'object' && answer !== null && 'planDigest' in answer ? answer.planDigest : undefined
  if (digest === plan.digest) return []
  return [{ path: '/planDigest', message: `The digest is not that of this plan, ${plan.digest}. Read the plan and send its digest.` }]
}
