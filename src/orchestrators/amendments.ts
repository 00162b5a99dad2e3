import type { Amendment } from '../contracts/ledger.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { ofSlot } from '../domain/terms/by-slot.ts'
import type { Offer } from '../domain/terms/offer.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { planNow } from '../domain/plan/replacements.ts'
import { note } from './board.ts'
import type { Desk, Run } from './run.ts'

export type OperatorAmendment = Extract<Amendment, { of: 'operator' }>

export const operatorChanges = (amendments: readonly Amendment[]): OperatorAmendment[] =>
  amendments.filter((each) => each.of === 'operator')

/** Takes down what changed who acts, as far as it is news. */
export function heedAmendments(desk: Desk, amendments: readonly Amendment[]): void {
  const news = amendments.filter(({ id }) => !desk.amendments.some((known) => known.id === id))
  if (news.length === 0) return
  desk.amendments = [...desk.amendments, ...news]
  const changes = operatorChanges(news)
  for (const { id, slot, leaves, joins, at } of changes)
    note(desk.board, { fact: 'replaced', replacement: { id, slot, leaves, joins, at } })
  desk.plan = planNow(desk.plan, changes)
}

/** The offers with their officers as they are now. */
export const offersNow = <T extends Offer>(offers: readonly T[], amendments: readonly Amendment[]): T[] =>
  offers.map((offer) =>
    amendments.reduce<T>((each, amendment) => {
      if (amendment.of !== 'officer') return each
      const { leaves, joins } = amendment.answered.answer
      const officers = each.officers.map((officer) => (sameText(officer.email, leaves) ? joins : officer))
      return { ...each, officers }
    }, offer)
  )

/** Object ids of a slot's administrators: those that preflight saw, by UPN or group, and whoever came later. */
export function administratorsNow(
  { plan, amendments }: Run,
  slot: Slot,
  seen: Readonly<Record<string, string>>
): string[] {
  const later = Object.fromEntries(operatorChanges(amendments).map(({ joins, objectId }) => [joins, objectId]))
  return ofSlot(plan.slots, slot).administrators.flatMap((party) => later[party] ?? seen[party] ?? [])
}
