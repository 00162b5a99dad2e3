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
  const { whom } = kindOf(task)
  if (whom.not === 'anybody-named')
    return namedIn(plan).includes(by) ? `It needs ${whom.reads(task, plan)}, and ${by} is named for one.` : undefined
  const operators = operatorsAsked(plan, task)
  const others = whom.others?.(task, plan) ?? []
  if (operators.includes(by) || others.includes(by)) return undefined
  if (whom.not === 'operators') return `It needs ${listOf(others)}, who is to take over.`
  const slot = whom.slot(task, plan)
  const whose = slot === undefined ? 'an operator of this onboarding' : anOperatorOf(slot)
  return `It needs ${whose}: ${listOf(operators.map(partyName))}. Ask one of them.`
}

/** The groups whose people may answer this task, by object id. */
export const groupsAsked = (plan: PeopleOfPlan, task: Task): string[] => operatorsAsked(plan, task).filter(isGroup)

/** Who may answer a task: the operators of its slot, or of both; groups by object id. */
export function operatorsAsked<K extends TaskKind>(plan: PeopleOfPlan, task: Task<K>): string[] {
  const { whom } = kindOf(task)
  if (whom.not !== undefined) return []
  const slot = whom.slot(task, plan)
  return plan.slots.filter((each) => slot === undefined || each.slot === slot).flatMap(({ operators }) => operators)
}

/** Whoever acts for a slot, is to act for it, or leaves it. */
const namedIn = ({ slots, changes = [] }: PeopleOfPlan): string[] => [
  ...slots.flatMap(({ operators }) => operators),
  ...changes.flatMap(({ leaves, joins }) => [leaves, joins])
]
