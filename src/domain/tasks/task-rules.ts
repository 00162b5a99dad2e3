import type { Fault } from '../terms/fault.ts'
import { isGroup, partyName, type SlotParties } from '../people/parties.ts'
import type { Plan } from '../plan/plan.ts'
import { slotOfVaultTask, type VaultsOfPlan } from './vault-tasks.ts'
import { listOf } from '../terms/words.ts'

interface SlotsOfPlan extends VaultsOfPlan {
  readonly slots: readonly SlotParties[]
}

const ofSlot = /^(?:approve-slot|attest-offline|remove-setup-role)-([12])$/

/**
 * Why this person may not answer this task, in a sentence; undefined when they may (R11). UPNs in lower case. Who is not
 * named may still be in one of `groupsAsked`.
 */
export function whyNotBy(plan: SlotsOfPlan, task: string, by: string): string | undefined {
  const operators = operatorsAsked(plan, task)
  if (operators.includes(by)) return undefined
  const slot = slotOf(plan, task)
  const whose = slot === undefined ? 'an operator of this onboarding' : `an operator of slot ${slot}`
  return `It needs ${whose}: ${listOf(operators.map(partyName))}. Ask one of them.`
}

/** The groups whose people may answer this task, by object id. */
export const groupsAsked = (plan: SlotsOfPlan, task: string): string[] => operatorsAsked(plan, task).filter(isGroup)

/** Who takes over in one slot is the other one's to say: whoever leaves may not answer any more. */
const otherOf: Readonly<Partial<Record<string, string>>> = { 'replace-operator-1': '2', 'replace-operator-2': '1' }

const slotOf = (plan: SlotsOfPlan, task: string): string | undefined =>
  ofSlot.exec(task)?.[1] ?? otherOf[task] ?? slotOfVaultTask(plan, task)?.toString()

/** Who may answer a task: the operators of its slot, or of both; groups by object id. */
export function operatorsAsked(plan: SlotsOfPlan, task: string): string[] {
  const slot = slotOf(plan, task)
  return plan.slots
    .filter((each) => slot === undefined || String(each.slot) === slot)
    .flatMap(({ operators }) => operators)
}

/** Who leaves is named for the slot, and who takes over is not named for the other one. */
export function replacementFaults({ slots }: Pick<Plan, 'slots'>, task: string, answer: unknown): Fault[] {
  const slot = /^replace-operator-([12])$/.exec(task)?.[1]
  if (slot === undefined) return []
  const { leaves, joins } = answer as { leaves: string; joins: string } // its schema was looked at first
  const [own, other] = slot === '1' ? slots : [slots[1], slots[0]]
  return [
    ...(own.operators.includes(leaves.toLowerCase())
      ? []
      : [
          {
            path: '/leaves',
            message: `${leaves} is not named as operator of slot ${slot}; who is in a group changes in the directory. Name another.`
          }
        ]),
    ...([...other.operators, ...other.administrators].includes(joins.toLowerCase())
      ? [{ path: '/joins', message: `${joins} stands for the other slot. Name somebody who stands for neither.` }]
      : [])
  ]
}

/** An approval names the plan it approves: another digest approves another plan. */
export function approvalFaults(plan: Plan, task: string, answer: unknown): Fault[] {
  if (!task.startsWith('approve-slot-')) return []
  const digest = typeof answer === 'object' && answer !== null && 'planDigest' in answer ? answer.planDigest : undefined
  if (digest === plan.digest) return []
  return [
    {
      path: '/planDigest',
      message: `The digest is not that of this plan, ${plan.digest}. Read the plan and send its digest.`
    }
  ]
}

export interface RecordedOffer {
  readonly workload: string
  readonly requestId: string
}

/** Why this is no FastTrack request of a workload's own (R13). */
export function whyNotItsOwn(requestId: string, others: readonly RecordedOffer[]): string | undefined {
  const other = others.find((each) => each.requestId.toLowerCase() === requestId.toLowerCase())
  return (
    other &&
    `${requestId} is the request recorded for ${other.workload}. Submit one for each workload, and give its own id.`
  )
}
