import { note, noteDone } from './board.ts'
import { Cancelled, questionOf } from './people.ts'
import type { Activities } from '../contracts/activities.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { sameText } from '../domain/terms/same-text.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { bothSlots, ofSlot, otherSlot } from '../domain/terms/by-slot.ts'
import type { SlotPlan } from '../domain/plan/plan.ts'
import { isAmongReplaced, mostReplacements, planNow } from '../domain/plan/replacements.ts'
import { act, now, whyFailed, type Story } from './durable.ts'
import type { Changes, Desk, Run } from './run.ts'
import type { OperatorChange } from '../contracts/vault-set-up.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { judging, type StandingQuestion } from './question.ts'

export const noChanges = (): Changes => ({ operators: [], officers: [], answers: [] })

/** From now on an operator of one slot may say who takes the place of one who leaves the other (R11). */
export const operatorsBeside = (desk: Desk): StandingQuestion[] =>
  bothSlots.map((slot) => ({
    ...questionOf(desk, { kind: 'replace-operator', slot }, {}),
    hear: judging('replace-operator', (answer) => heard(desk, answer, () => replaceOperator(desk, answer)))
  }))

/** Once the offers are recorded, their officers may be replaced (R15). */
export const officersBeside = (run: Run, offers: readonly Offer[]): StandingQuestion => ({
  ...questionOf(run, { kind: 'replace-officer' }, {}),
  hear: judging('replace-officer', (answer) => heard(run, answer, () => replaceOfficer(run, offers, answer)))
})

/** The offers with their officers as they are now. */
export const offersNow = <T extends Offer>(offers: readonly T[], { officers }: Changes): T[] =>
  offers.map((offer) =>
    officers.reduce<T>(
      (each, { leaves, joins }) => ({
        ...each,
        officers: each.officers.map((officer) => (sameText(officer.email, leaves) ? joins : officer))
      }),
      offer
    )
  )

/** Object ids of a slot's administrators: those that preflight saw, by UPN or group, and whoever came later. */
export function administratorsNow(
  { plan, changes }: Run,
  slot: Slot,
  seen: Readonly<Record<string, string>>
): string[] {
  const later = Object.fromEntries(changes.operators.map(({ joins, objectId }) => [joins, objectId]))
  return ofSlot(plan.slots, slot).administrators.flatMap((party) => later[party] ?? seen[party] ?? [])
}

/** Takes over what branches have heard: of one answer often several, since each that waits is told. */
export function takeOver(run: Run, heardThere: readonly OperatorChange[]): void {
  for (const change of heardThere.toSorted((one, other) => (one.at < other.at ? -1 : 1))) {
    if (isAmongReplaced(run.changes.operators, change)) continue
    run.changes.answers.push(change.answered)
    apply(run, change, true)
  }
}

function* heard({ changes }: Desk, answer: Answer, take: () => Story<string | undefined>): Story<string | undefined> {
  if (changes.answers.length >= mostReplacements)
    return `${String(mostReplacements)} people were replaced: cancel, and start anew with those who are there.`
  const refusal = yield* take()
  if (refusal === undefined) changes.answers.push(answer)
  return refusal
}

/** Whoever leaves is named and whoever answers is of the other slot: the route has seen to that. */
function* replaceOperator(desk: Desk, answered: Answer<'replace-operator'>): Story<string | undefined> {
  const { slot } = answered.task
  const { leaves, joins, reason } = answered.answer
  const { operators, administrators } = ofSlot<SlotPlan>(desk.plan.slots, otherSlot(slot))
  const told = { slot, leaves, by: answered.by, reason, slots: desk.plan.slots }
  const seen = yield* lookedAt(desk, joins, { others: [...operators, ...administrators], told })
  if (typeof seen === 'string') return seen
  const { objectId, evidence } = seen
  const id = answered.id ?? answered.at
  apply(desk, { id, slot, leaves, joins, at: answered.at, objectId, evidence, answered }, vaultsAreMade(desk))
  return undefined
}

function apply(desk: Desk, change: OperatorChange, vaultsMade: boolean): void {
  const { board, changes, plan } = desk
  const {
    id,
    slot,
    leaves,
    joins,
    at,
    answered: { by }
  } = change
  const wasAdministrator = ofSlot<SlotPlan>(plan.slots, slot).administrators.includes(leaves)
  changes.operators.push(change)
  note(board, { fact: 'replaced', replacement: { id, slot, leaves, joins, at } })
  desk.plan = planNow(plan, [{ slot, leaves, joins, at }])
  const left =
    wasAdministrator && vaultsMade
      ? `; ${leaves} stands in the vaults' access policies until people change them, which verification asks for`
      : ''
  noteDone(board, 'Replaced', `slot ${String(slot)}: ${joins} for ${leaves}, by ${by}${left}`, ['R11'])
}

type ReplacementCheck = Pick<Activities['check-replacement']['input'], 'others' | 'told'>

function* lookedAt({ context, requestId }: Desk, upn: string, about: ReplacementCheck) {
  try {
    const input = { onboarding: requestId, now: now(context), upn, ...about }
    const seen = yield* act(context, 'check-replacement', input)
    const [finding] = seen.findings
    const { objectId, evidence } = seen
    if (finding || objectId === undefined) return `${upn} cannot take over: ${finding?.observed ?? 'nobody was found'}.`
    return { objectId, evidence }
  } catch (error) {
    if (error instanceof Cancelled) throw error
    return `${upn} could not be looked up (${whyFailed(error)}). Answer again.`
  }
}

function* replaceOfficer(
  run: Run,
  offers: readonly Offer[],
  { by, answer: change }: Answer<'replace-officer'>
): Story<string | undefined> {
  const named = offersNow(offers, run.changes).filter(({ officers }) =>
    officers.some(({ email }) => sameText(email, change.leaves))
  )
  if (named.length === 0) return `${change.leaves} is an officer of no offer.`
  run.changes.officers.push(change)
  const which = named.map(({ requestId }) => requestId).join(', ')
  noteDone(run.board, 'Replaced', `officer of ${which}: ${change.joins.email} for ${change.leaves}, by ${by}`, ['R15'])
  return undefined
}

const vaultsAreMade = ({ board }: Desk): boolean =>
  ['attestations', 'verification', 'hand-off'].includes(board.state.step)
