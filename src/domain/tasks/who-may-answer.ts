import { isGroup, partyName } from '../people/parties.ts'
import { listOf } from '../terms/words.ts'
import type { Task, TaskKind } from './task.ts'
import { kindOf } from './task-kinds.ts'
import { anOperatorOf, type PeopleOfPlan } from './whom.ts'

/**
 * Why this person may not answer this task, in a sentence; undefined when they may (R11). UPNs in lower case. Who is not
 * named may still be in one of `groupsAsked`.
 */
export function whyNotBy<K extends TaskKind>(plan: PeopleOfPlan, task: Task<K>, by: string): string | undefined {
  const operators = operatorsAsked(plan, task)
  if (operators.includes(by)) return undefined
  const slot = kindOf(task).whom.slot(task, plan)
  const whose = slot === undefined ? 'an operator of this onboarding' : anOperatorOf(slot)
  return `It needs ${whose}: ${listOf(operators.map(partyName))}. Ask one of them.`
}

/** The groups whose people may answer this task, by object id. */
export const groupsAsked = (plan: PeopleOfPlan, task: Task): string[] => operatorsAsked(plan, task).filter(isGroup)

/** Who may answer a task: the operators of its slot, or of both; groups by object id. */
export function operatorsAsked<K extends TaskKind>(plan: PeopleOfPlan, task: Task<K>): string[] {
  const slot = kindOf(task).whom.slot(task, plan)
  return plan.slots.filter((each) => slot === undefined || each.slot === slot).flatMap(({ operators }) => operators)
}
