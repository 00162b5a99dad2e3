import type { Slot } from '../terms/evidence.ts'
import { bySlot, ofSlot } from '../terms/by-slot.ts'
import { sameText } from '../terms/same-text.ts'
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
  /** Of who takes over; what is only proposed says it where their name is that of who leaves, too. */
  readonly objectId?: string
}

/** It stands: who leaves acts no more, and who takes over does once they have confirmed the plan. */
export interface Replacement extends Proposal {
  /** They have not confirmed the plan yet. */
  readonly unread?: true
}

type Substitution = Omit<Replacement, 'id'>
/** Who takes over from whom, and their object id where the names do not tell them apart. */
export interface Newcomer extends Pick<Proposal, 'leaves' | 'joins'> {
  readonly objectId?: string | undefined
}
type Staffed = Pick<Plan, 'slots'> & Partial<Pick<Plan, 'people'>>

/** More start anew: a status holds them all, whatever else is in it, and routes judge by them who may answer. */
export const mostReplacements = 6

/** Of one person, that did not come to stand: each one is mailed to everybody. */
export const mostProposalsEach = 6

/** By one person's word, in an onboarding. */
export const mostOfficersEach = 6

/** So long nobody must mind, once everybody was told, where no second word can be had. */
export const hoursOfDelay = 72

/** The plan with those who act for it now. Its digest stays that of the plan that was approved. */
export function planNow<P extends Staffed>(plan: P, replaced: readonly Substitution[]): P {
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
export function namedNow<P extends Staffed>(plan: P, replaced: readonly Substitution[]): P {
  if (replaced.length === 0) return plan
  const changed = inOrder(replaced)
  return {
    ...inBoth(plan, (each) => slotNow(each, changed)),
    ...(plan.people && { people: peopleNow(plan.people, changed) })
  }
}

/** Who takes over, for a reader: an account that was deleted and made again has the same name, and is another person. */
export const newcomerInWords = ({ leaves, joins, objectId }: Newcomer): string =>
  joins === leaves ? `${joins} (another account of that name, object ${objectId ?? 'unknown'})` : joins

/** Whom a name means by now: whoever came last by it. Where the one before read their mail says nothing of them. */
const peopleNow = (people: Plan['people'], replaced: readonly Substitution[]): Plan['people'] =>
  people.map((each) => {
    const objectId = replaced.findLast(({ joins }) => joins === each.party)?.objectId ?? each.objectId
    return sameText(objectId, each.objectId) ? each : { ...each, objectId, mail: undefined }
  })

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
