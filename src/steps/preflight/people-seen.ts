import type { Graph } from '../../azure/graph.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { groupChecks, addressChecks, slotsChecks, userChecks } from '../../domain/checks/people.ts'
import { isGroup } from '../../domain/people/parties.ts'
import { addressIn, objectIdIn } from '../../domain/plan/planned-people.ts'
import type { PlanContent, SlotPlan } from '../../domain/plan/plan.ts'
import type { OfSlot } from '../people/acted-before.ts'
import { findParty, type PartyLook } from './standing.ts'

export interface PeopleLook {
  readonly found: readonly PartyLook[]
  /** Everybody who stands for each slot, groups expanded. */
  readonly slots: readonly OfSlot[]
  readonly results: readonly CheckResults[]
  /** Object ids of both slots' administrators, by UPN; a group has its own (R33). */
  readonly administrators: Readonly<Record<string, string>>
}

/** Everybody named in the plan, groups expanded, and whether the two slots are apart (R11, R32, R33). */
export async function peopleSeen(
  graph: Graph,
  { slots, people }: PlanContent,
  { at, mailed: isMailed }: { readonly at: string; readonly mailed: boolean }
): Promise<PeopleLook> {
  const named = new Set(slots.flatMap(partiesOf))
  const found = await Promise.all([...named].map((party) => findParty(graph, party, objectIdIn(people, party))))
  const operators = slots.flatMap((slot) => slot.operators.filter((party) => !isGroup(party)))
  const mailed = new Set(isMailed ? operators : [])
  const of = (parties: readonly string[]): PartyLook[] => found.filter(({ party }) => parties.includes(party))
  const standing = (slot: SlotPlan) => of(partiesOf(slot)).flatMap((each) => each.standing)
  const [first, second] = slots
  const seen = { first: standing(first), second: standing(second) }
  const about = { resource: 'both slots', suffix: 'tenant', at }
  const apart = runChecks(slotsChecks, seen, undefined, { ...about, call: found.flatMap(({ calls }) => calls) })
  const administrators = of(slots.flatMap((slot) => slot.administrators))
  return {
    found,
    slots: [
      { slot: 1, standing: seen.first, other: seen.second },
      { slot: 2, standing: seen.second, other: seen.first }
    ],
    results: [
      ...found.map((each) => partyResults(each, at, objectIdIn(people, each.party))),
      ...found
        .filter(({ party }) => mailed.has(party))
        .map((each) => mailResults(each, at, addressIn(people, each.party))),
      apart
    ],
    administrators: Object.fromEntries(
      administrators.flatMap(({ party, objectId }) => (objectId ? [[party, objectId]] : []))
    )
  }
}

const partiesOf = ({ operators, administrators }: SlotPlan): string[] => [...operators, ...administrators]

/** Whether the directory has somebody of a request. */
export function partyResults(
  { party, objectId, displayName, namesake, several, user, standing, calls }: PartyLook,
  at: string,
  planned?: string
): CheckResults {
  const about = { resource: party, suffix: party, at, call: calls }
  const another = planned !== undefined && namesake !== undefined ? { another: { planned, present: namesake } } : {}
  const meant = objectId === undefined && planned !== undefined ? { planned } : {}
  const seen = { objectId, ...meant, ...another, ...(several && { several }), ...(user && { enabled: user.enabled }) }
  if (!isGroup(party)) return runChecks(userChecks, seen, { upn: party }, about)
  const people = standing.filter(({ upn }) => upn !== undefined).length
  return runChecks(groupChecks, { displayName, people }, { groupId: party }, about)
}

/** Whether an operator can be written to: at the address that the plan has, else at the directory's. */
function mailResults(
  { party, objectId, user, calls }: PartyLook,
  at: string,
  planned: string | undefined
): CheckResults {
  const about = { resource: party, suffix: party, at, call: calls }
  return runChecks(addressChecks, { objectId, mail: planned ?? user?.mail }, { upn: party }, about)
}
