import type { Slot } from './evidence.ts'
import type { Plan, SlotPlan } from './plan.ts'

/** A person who acts for a slot from now on, in the place of one who has left (R11). UPNs, lower case. */
export interface Replacement {
  readonly slot: Slot
  readonly leaves: string
  readonly joins: string
}

/** The plan with those who act for it now. Its digest stays that of the plan that was approved. */
export const planNow = (plan: Plan, replaced: readonly Replacement[]): Plan =>
  replaced.length === 0 ? plan : { ...plan, slots: [slotNow(plan.slots[0], replaced), slotNow(plan.slots[1], replaced)] }

const slotNow = (plan: SlotPlan, replaced: readonly Replacement[]): SlotPlan =>
  replaced.filter(({ slot }) => slot === plan.slot).reduce((now, each) => ({
    ...now, operators: replacedIn(now.operators, each), administrators: replacedIn(now.administrators, each)
  }), plan)

const replacedIn = (people: readonly string[], { leaves, joins }: Replacement): string[] =>
  [...new Set(people.map((person) => (person === leaves ? joins : person)))]
