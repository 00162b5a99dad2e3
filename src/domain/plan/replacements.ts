import type { Slot } from '../terms/evidence.ts'
import { bySlot, ofSlot } from '../terms/by-slot.ts'
import type { Plan, SlotPlan } from './plan.ts'

/** Who is to act for a slot in whose place (R11). UPNs, lower case. */
export interface ChangeOfPeople {
  readonly slot: Slot
  readonly leaves: string
  readonly joins: string
  /** ISO 8601 UTC: since when. */
  readonly at: string
}

/** Said by one operator; a second word from outside both slots makes it stand. */
export interface Proposal extends ChangeOfPeople {
  /** Of the answer that said so: who left may come back and leave again. */
  readonly id: string
}

/** It stands: who leaves acts no more, and who takes over does once they have confirmed the plan. */
export interface Replacement extends Proposal {
  /** Of who takes over. */
  readonly objectId?: string
  /** They have not confirmed the plan yet. */
  readonly unread?: true
}

type Substitution = Omit<Replacement, 'id' | 'objectId'>

/** More start anew: a status holds them all, whatever else is in it, and routes judge by them who may answer. */
export const mostReplacements = 6

/** Of one person, that did not come to stand: each one is mailed to everybody. */
export const mostProposalsEach = 6

/** By one person's word, in an onboarding. */
export const mostOfficersEach = 6

/** So long nobody must mind, once everybody was told, where no second word can be had. */
export const hoursOfDelay = 72

/** The plan with those who act for it now. Its digest stays that of the plan that was approved. */
export function planNow<P extends Pick<Plan, 'slots'>>(plan: P, replaced: readonly Substitution[]): P {
  if (replaced.length === 0) return plan
  const waiting = bySlot((slot) => waitingIn(replaced, slot))
  const acting = (people: readonly string[], slot: Slot) => people.filter((each) => !waiting[slot].includes(each))
  return inBoth(namedNow(plan, replaced), (each) => ({
    ...each,
    operators: acting(each.operators, each.slot),
    administrators: acting(each.administrators, each.slot)
  }))
}

/** The same with whoever takes over and has not confirmed the plan yet: they are named and written to, and do not act. */
export function namedNow<P extends Pick<Plan, 'slots'>>(plan: P, replaced: readonly Substitution[]): P {
  if (replaced.length === 0) return plan
  return inBoth(plan, (each) => slotNow(each, inOrder(replaced)))
}

/** Who stands for a slot, or has stood for it since the request: nobody of them may ever act for the other one (R11). */
export function everNamed(plan: Pick<Plan, 'slots'>, replaced: readonly Substitution[], slot: Slot): string[] {
  const { operators, administrators } = ofSlot<SlotPlan>(plan.slots, slot)
  const since = replaced.filter((each) => each.slot === slot).flatMap(({ leaves, joins }) => [leaves, joins])
  return [...new Set([...operators, ...administrators, ...since])]
}

/** Several branches may have heard of one and the same. */
export const isAmongReplaced = (replaced: readonly Replacement[], { id }: Replacement): boolean =>
  replaced.some((each) => each.id === id)

const inOrder = (replaced: readonly Substitution[]): Substitution[] =>
  replaced.toSorted((one, other) => (one.at < other.at ? -1 : 1))

const inBoth = <P extends Pick<Plan, 'slots'>>(plan: P, change: (slot: SlotPlan) => SlotPlan): P => ({
  ...plan,
  slots: [change(plan.slots[0]), change(plan.slots[1])]
})

/** Whoever came last by that name counts: they may have confirmed the plan before, left and come back. */
function waitingIn(replaced: readonly Substitution[], slot: Slot): string[] {
  const own = inOrder(replaced).filter((each) => each.slot === slot)
  return own
    .filter(({ joins }, index) => !own.slice(index + 1).some((each) => each.joins === joins))
    .flatMap(({ joins, unread }) => (unread ? [joins] : []))
}

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
