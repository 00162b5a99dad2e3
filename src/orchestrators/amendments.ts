import type { Amendment } from '../contracts/ledger.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { ofSlot } from '../domain/terms/by-slot.ts'
import type { Offer } from '../domain/terms/offer.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { factsOfAmendment } from '../domain/ledger/people-changed.ts'
import { planNow } from '../domain/plan/replacements.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { changesOf } from '../domain/tasks/whom.ts'
import { note } from './board.ts'
import type { Desk, Run } from './run.ts'

export type OperatorAmendment = Extract<Amendment, { of: 'operator' }>

export const operatorChanges = (amendments: readonly Amendment[]): OperatorAmendment[] =>
  amendments.filter((each) => each.of === 'operator')

/** Takes down what changed who acts, or is to, as far as it is news. Whether there was any. */
export function heedAmendments(desk: Desk, amendments: readonly Amendment[]): boolean {
  const news = amendments.filter(({ id }) => !desk.amendments.some((known) => known.id === id))
  if (news.length === 0) return false
  desk.amendments = [...desk.amendments, ...news]
  for (const fact of news.flatMap(factsOfAmendment)) note(desk.board, fact)
  planAnew(desk)
  return true
}

/** The plan with those who act by what the story knows. */
export function planAnew(desk: Desk): void {
  const { proposals, replaced } = desk.board.state
  desk.plan = { ...planNow(desk.planned, replaced), changes: changesOf(proposals, replaced) }
}

/** All that people said for it. */
export const wordsIn = (amendment: Amendment): Answer[] => [
  amendment.answered,
  ...(amendment.of === 'operator' && amendment.second?.way === 'custodian' ? [amendment.second.answered] : [])
]

/** What people said that counts for the hand-off: what was only proposed is none of it. */
export function countedAnswers(amendment: Amendment): Answer[] {
  switch (amendment.of) {
    case 'operator':
    case 'plan-confirmed':
    case 'officer':
      return wordsIn(amendment)
    case 'proposal':
    case 'withdrawal':
      return []
  }
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
