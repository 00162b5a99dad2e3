import type { Slot } from '../terms/evidence.ts'
import type { Plan, SlotPlan } from './plan.ts'

/** A person who acts for a slot from now on, in the place of one who has left (R11). UPNs, lower case. */
export interface Replacement {
  /** Of the answer that said so: who left may come back and leave again. */
  readonly id: string
  readonly slot: Slot
  readonly leaves: string
  readonly joins: string
  /** ISO 8601 UTC */
  readonly at: string
}

type Substitution = Omit<Replacement, 'id'>

/** More start anew: a status holds them all, whatever else is in it, and routes judge by them who may answer. */
export const mostReplacements = 6

/** The plan with those who act for it now. Its digest stays that of the plan that was approved. */
export function planNow<P extends Pick<Plan, 'slots'>>(plan: P, replaced: readonly Substitution[]): P {
  if (replaced.length === 0) return plan
  const inOrder = replaced.toSorted((one, other) => (one.at < other.at ? -1 : 1))
  return { ...plan, slots: [slotNow(plan.slots[0], inOrder), slotNow(plan.slots[1], inOrder)] }
}

/** Several branches may have heard of one and the same. */
export const isAmongReplaced = (replaced: readonly Replacement[], { id }: Replacement): boolean =>
  replaced.some((each) => each.id === id)

const slotNow = (plan: SlotPlan, replaced: readonly Substitution[]): SlotPlan =>
  replaced
    .filter(({ slot }) => slot === plan.slot)
    .reduce(
      (now, each) => ({
        ...now,
        operators: replacedIn(now.operators, each),
        administrators: replacedIn(now.administrators, each)
      }),
      plan
    )

const replacedIn = (people: readonly string[], { leaves, joins }: Substitution): string[] => [
  ...new Set(people.map((person) => (person === leaves ? joins : person)))
]
