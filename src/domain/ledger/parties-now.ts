import type { Party } from '../people/parties.ts'
import { isOf, type Task } from '../tasks/task.ts'
import { bothSlots } from '../terms/by-slot.ts'
import type { Slot } from '../terms/evidence.ts'
import type { ChangeInSlot, WhoChanged } from './who-changed.ts'

/**
 * Everybody who stands for a slot, is to, or ever did, by object id; operators are those who act for it now. `planned`: as the
 * plan has it; `changes`: all since, oldest first. Names count for nothing here: they are given to others, and can be erased.
 */
export function partiesNow(planned: readonly Party[], changes: readonly WhoChanged[]): Party[] {
  const inSlots = changes.filter((each) => each.of !== 'officer')
  const ever = [...standsIn(inSlots), ...openProposals(inSlots)].flatMap(({ slot, leaves, joins }) =>
    [leaves, joins].map((objectId) => person(slot, objectId))
  )
  return [
    ...bothSlots.flatMap((slot) => actingFor(slot, planned, inSlots)),
    ...planned.map((each) => ({ ...each, isOperator: false })),
    ...ever
  ]
}

const person = (slot: Slot, objectId: string): Party => ({ slot, objectId, isGroup: false, isOperator: false })

/** Who leaves acts no more; who takes over, or comes back, acts once they have confirmed the plan. */
function actingFor(slot: Slot, planned: readonly Party[], changes: readonly ChangeInSlot[]): Party[] {
  const before = planned.filter((each) => each.slot === slot && each.isOperator)
  const waiting = toConfirm(changes).map(({ joins }) => joins)
  return standsIn(changes)
    .filter((each) => each.slot === slot)
    .reduce(replacedIn, before)
    .filter(({ objectId }) => !waiting.includes(objectId))
}

const replacedIn = (acting: readonly Party[], { leaves, joins, slot }: ChangeInSlot): Party[] =>
  acting.some(({ objectId }) => objectId === leaves)
    ? [
        ...acting.filter(({ objectId }) => objectId !== leaves && objectId !== joins),
        { ...person(slot, joins), isOperator: true }
      ]
    : [...acting]

const standsIn = (changes: readonly WhoChanged[]) => changes.filter((each) => each.of === 'operator')

/** What is proposed, and neither stands nor was withdrawn. */
export const openProposals = (changes: readonly WhoChanged[]) =>
  changes
    .filter((each) => each.of === 'proposal')
    .filter(({ proposal }) => !isSaid(changes, ['operator', 'withdrawal'], proposal))

/** What stands, and whoever takes over has yet to confirm the plan: who came twice confirms it twice. */
const toConfirm = (changes: readonly WhoChanged[]) =>
  standsIn(changes)
    .filter(
      ({ joins, slot }, index, all) =>
        !all.slice(index + 1).some((later) => later.joins === joins && later.slot === slot)
    )
    .filter(({ proposal }) => !isSaid(changes, ['plan-confirmed'], proposal))

const isSaid = (changes: readonly WhoChanged[], kinds: readonly WhoChanged['of'][], proposal: string): boolean =>
  changes.some((each) => each.of !== 'officer' && kinds.includes(each.of) && each.proposal === proposal)

/** Who else than operators may answer, by object id: who is said to leave minds it, and who takes over confirms the plan. */
export function concernedBy(task: Task, changes: readonly WhoChanged[]): string[] {
  if (isOf(task, 'withdraw-replacement'))
    return openProposals(changes)
      .filter(({ slot }) => slot === task.slot)
      .map(({ leaves }) => leaves)
  if (isOf(task, 'confirm-plan'))
    return toConfirm(changes)
      .filter(({ slot }) => slot === task.slot)
      .map(({ joins }) => joins)
  return []
}
