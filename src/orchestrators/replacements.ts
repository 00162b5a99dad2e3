import { atLedger } from './at-ledger.ts'
import type { Amendment } from '../contracts/ledger.ts'
import type { SlotPlan } from '../domain/plan/plan.ts'
import { mostReplacements } from '../domain/plan/replacements.ts'
import { chapterIndex } from '../domain/state/chapters.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { bothSlots, ofSlot, otherSlot } from '../domain/terms/by-slot.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { heedAmendments, offersNow } from './amendments.ts'
import { noteDone } from './board.ts'
import { act, now, StoryEnds, whyFailed, type Story } from './durable.ts'
import { questionOf } from './people.ts'
import { judging, type StandingQuestion } from './question.ts'
import type { Run } from './run.ts'
import { tellOperators } from './tell-operators.ts'
import { idOf } from './verdicts.ts'
import { wakeBranches } from './wake.ts'

/** From now on an operator of one slot may say who takes the place of one who leaves the other (R11). */
export const operatorsBeside = (run: Run): StandingQuestion[] =>
  bothSlots.map((slot) => ({
    ...questionOf(run, { kind: 'replace-operator', slot }, {}),
    hear: judging('replace-operator', (answer) => replaceOperator(run, answer))
  }))

/** Once the offers are recorded, their officers may be replaced (R15). */
export const officersBeside = (run: Run, offers: readonly Offer[]): StandingQuestion => ({
  ...questionOf(run, { kind: 'replace-officer' }, {}),
  hear: judging('replace-officer', (answer) => replaceOfficer(run, offers, answer))
})

/** One that was written down before its verdict, by an instance that died in between, is not counted against itself. */
const tooMany = ({ amendments }: Run, answered: Answer): string | undefined =>
  amendments.filter(({ id }) => id !== answered.id).length < mostReplacements
    ? undefined
    : `${String(mostReplacements)} people were replaced: cancel, and start anew with those who are there.`

/** Whoever leaves is named and whoever answers is of the other slot: the route has seen to that. */
function* replaceOperator(run: Run, answered: Answer<'replace-operator'>): Story<string | undefined> {
  const refusal = tooMany(run, answered)
  if (refusal !== undefined) return refusal
  const { slot } = answered.task
  const { leaves, joins, reason } = answered.answer
  const { operators, administrators } = ofSlot<SlotPlan>(run.plan.slots, otherSlot(slot))
  const seen = yield* lookedAt(run, joins, [...operators, ...administrators])
  if (typeof seen === 'string') return seen
  const wasAdministrator = ofSlot<SlotPlan>(run.plan.slots, slot).administrators.includes(leaves)
  const id = idOf(answered)
  yield* amend(run, { of: 'operator', id, slot, leaves, joins, at: answered.at, ...seen, answered })
  yield* tellOperators(run, { kind: 'replaced', id, slot, leaves, joins, by: answered.by, reason })
  const left = wasAdministrator ? leftBehind(run, leaves) : ''
  noteDone(run.board, 'Replaced', `slot ${String(slot)}: ${joins} for ${leaves}, by ${answered.by}${left}`, ['R11'])
  yield* wakeBranches(run)
  return undefined
}

/** To the ledger first: who acts is never known to the story alone. */
function* amend(run: Run, amendment: Amendment): Story<void> {
  const { context, requestId } = run
  yield* atLedger(run, 'amend', { onboarding: requestId, now: now(context), amendment })
  heedAmendments(run, [amendment])
}

function* lookedAt({ context, requestId }: Run, upn: string, others: readonly string[]) {
  try {
    const input = { onboarding: requestId, now: now(context), upn, others }
    const seen = yield* act(context, 'check-replacement', input)
    const [finding] = seen.findings
    const { objectId, evidence } = seen
    if (finding || objectId === undefined) return `${upn} cannot take over: ${finding?.observed ?? 'nobody was found'}.`
    return { objectId, evidence }
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    return `${upn} could not be looked up (${whyFailed(error)}). Answer again.`
  }
}

function* replaceOfficer(
  run: Run,
  offers: readonly Offer[],
  answered: Answer<'replace-officer'>
): Story<string | undefined> {
  const { by, at, answer: change } = answered
  const named = offersNow(offers, run.amendments).filter(({ officers }) =>
    officers.some(({ email }) => sameText(email, change.leaves))
  )
  if (named.length === 0) return `${change.leaves} is an officer of no offer.`
  const refusal = tooMany(run, answered)
  if (refusal !== undefined) return refusal
  yield* amend(run, { of: 'officer', id: idOf(answered), at, answered })
  const which = named.map(({ requestId }) => requestId).join(', ')
  noteDone(run.board, 'Replaced', `officer of ${which}: ${change.joins.email} for ${change.leaves}, by ${by}`, ['R15'])
  return undefined
}

/** Where whoever left stays until people see to it. While vaults are being made, their set-ups know which are there. */
function leftBehind({ board }: Run, leaves: string): string {
  const { step } = board.state
  if (chapterIndex(step) < chapterIndex('vaults-and-keys')) return ''
  const where =
    step === 'vaults-and-keys' ? 'access policies of vaults that are made already' : "vaults' access policies"
  return `; ${leaves} stands in the ${where} until people change them, which verification asks for`
}
