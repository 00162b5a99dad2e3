import { bothSlots, otherSlot } from '../terms/by-slot.ts'
import type { Slot } from '../terms/evidence.ts'
import type { Gate } from '../people/standing.ts'
import { kindOf } from '../tasks/task-kinds.ts'
import { isOf, type Task, type TaskKind } from '../tasks/task.ts'
import type { PeopleOfPlan } from '../tasks/whom.ts'
import { chainParts } from './chains.ts'
import { asksForTakeover } from './takeover-tasks.ts'

/**
 * Who may answer what: for each kind of task its `whom` and `role` say it (src/domain/tasks). `chain`: where it is asked; all
 * that one vault's set-up finds is of that vault's slot.
 */
export function gateOf(task: Task, plan: PeopleOfPlan, chain = ''): Gate {
  const { acts, not, others, role, slot = acts ? chainParts(chain)?.branch?.slot : undefined } = saidBy(task, plan)
  const actsFor = acts && !asksForTakeover(task) ? slot : undefined
  return {
    asked: askedOf(not, slot),
    role,
    ...(others && { others }),
    ...(actsFor !== undefined && { acts: actsFor }),
    ...(mayGoByRole(task) && { orRole: 'Approver' })
  }
}

function askedOf(not: ReturnType<typeof saidBy>['not'], slot: Slot | undefined): Gate['asked'] {
  if (not === 'anybody-named') return 'nobody-named'
  if (not === 'operators') return []
  return slot === undefined ? bothSlots : [slot]
}

/** As the kind of the task has it. */
function saidBy<K extends TaskKind>(task: Task<K>, plan: PeopleOfPlan) {
  const { whom, role } = kindOf(task)
  const { acts, not } = whom
  return { acts, not, role, others: whom.others?.(task, plan), slot: whom.slot(task, plan) }
}

/** Goes on with new instances, or ends, by the role Approver, named in the plan or not: nobody is locked out (decision 75). */
const mayGoByRole = (task: Task): boolean => asksForTakeover(task) || isOf(task, 'cancel')

/** The same of what is said beside every onboarding. Starting one acts for no slot: it proposes, and both approve. */
export const doors = {
  /**
   * A vault is handed over, or what it is to be like is changed: by its own slot, then confirmed by the other. Whoever hands it
   * over has acted for its slot once that is confirmed, and not before: one word alone binds nobody.
   */
  propose: (slot) => ({ asked: [slot], apart: slot, role: 'Operator' }),
  adopt: (slot) => ({ asked: [slot], acts: slot, role: 'Operator' }),
  confirm: (slot) => ({ asked: [otherSlot(slot)], apart: otherSlot(slot), role: 'Operator' }),
  offlineCopy: (slot) => ({ asked: [slot], acts: slot, role: 'Operator' })
} as const satisfies Readonly<Record<string, (slot: Slot) => Gate>>
