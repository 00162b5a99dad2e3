import { atLedger } from './at-ledger.ts'
import type { Amendment } from '../contracts/ledger.ts'
import type { ProposalAmendment, SecondWord } from '../domain/ledger/amendment.ts'
import { hasSaidSecondWord } from '../domain/ledger/second-words.ts'
import { whyNoProposal } from '../domain/ledger/too-many.ts'
import {
  everNamed,
  hoursOfDelay,
  namedNow,
  newcomerInWords,
  type Proposal,
  type Replacement
} from '../domain/plan/replacements.ts'
import { partiesNow } from '../domain/ledger/parties-now.ts'
import { whoChangedBy, whoChangedIn } from '../domain/ledger/who-changed.ts'
import { objectIdIn, partiesOfPlan } from '../domain/plan/planned-people.ts'
import { chapterIndex } from '../domain/state/chapters.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { bothSlots, ofSlot, otherSlot } from '../domain/terms/by-slot.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { heedAmendments } from './amendments.ts'
import { noteDone } from './board.ts'
import { act, now, StoryEnds, whyFailed, type Story } from './durable.ts'
import { questionOf, restand } from './people.ts'
import { judging, type StandingQuestion } from './question.ts'
import type { Run } from './run.ts'
import { proposedAnswer, proposedIn, replacedLetter, tellProposed } from './replacement-letters.ts'
import { tellOperators } from './tell-operators.ts'
import { idOf } from './verdicts.ts'
import { wakeBranches } from './wake.ts'
import { whyNot } from './why-not.ts'

/**
 * From now on any operator may propose who takes the place of one who leaves (R11). It stands by a second word from outside both
 * slots, unless somebody stops it; and who takes over acts once they have confirmed the plan.
 */
export function operatorsBeside(run: Run): StandingQuestion[] {
  const { proposals, replaced } = run.board.state
  return [
    ...bothSlots.map((slot) => ({
      ...questionOf(run, { kind: 'replace-operator', slot }, {}),
      hear: judging('replace-operator', (answer) => propose(run, answer))
    })),
    ...proposals.flatMap((each) => [confirmation(run, each), withdrawal(run, each)]),
    ...replaced.filter(({ unread }) => unread).map((each) => reading(run, each))
  ]
}

const confirmation = (run: Run, proposal: Proposal): StandingQuestion => ({
  ...questionOf(run, { kind: 'confirm-replacement', slot: proposal.slot }, proposal),
  hear: judging('confirm-replacement', (answer) => confirm(run, proposal, answer))
})

const withdrawal = (run: Run, proposal: Proposal): StandingQuestion => ({
  ...questionOf(run, { kind: 'withdraw-replacement', slot: proposal.slot }, proposal),
  hear: judging('withdraw-replacement', (answer) => withdraw(run, proposal, answer))
})

const reading = (run: Run, replacement: Replacement): StandingQuestion => ({
  ...questionOf(run, { kind: 'confirm-plan', slot: replacement.slot }, { planDigest: run.plan.digest }),
  hear: judging('confirm-plan', (answer) => confirmPlan(run, replacement, answer))
})

/** Changes nothing yet. Everybody is told of it by `secondWords`, which counts the hours from then on. */
function* propose(run: Run, answered: Answer<'replace-operator'>): Story<string | undefined> {
  const { slot } = answered.task
  const { leaves, joins } = answered.answer
  const refusal = whyNotProposed(run, answered)
  if (refusal !== undefined) return refusal
  const seen = yield* lookedAt(run, slot, joins)
  if (typeof seen === 'string') return seen
  const proposal = { id: idOf(answered), slot, leaves, joins, at: answered.at, objectId: seen.objectId }
  const amendment = { of: 'proposal', ...proposal, ...seen, answered } as const
  const isThere = whyThere(run, amendment)
  if (isThere !== undefined) return isThere
  yield* amend(run, amendment)
  noteDone(run.board, 'Replacement proposed', `${inWords(proposal)}, by ${answered.by}`, ['R11'])
  return undefined
}

/** Who leaves is named and who takes over is not: the route has seen to that, by what stood when it was said. */
function whyNotProposed(run: Run, answered: Answer<'replace-operator'>): string | undefined {
  const { slot } = answered.task
  const { leaves, joins } = answered.answer
  const { proposals, replaced } = run.board.state
  const open = proposals.find((each) => each.slot === slot)
  if (open) return `${inWords(open)} is proposed already: withdraw that first, or wait for it to be decided.`
  const named = namedNow(run.planned, replaced)
  if (!ofSlot(named.slots, slot).operators.includes(leaves)) return `${leaves} is no operator of slot ${String(slot)}.`
  if (everNamed(run.planned, replaced, otherSlot(slot)).includes(joins))
    return `${joins} stands, or stood, for the other slot. Name somebody who never did.`
  return whyNoProposal(run.amendments, answered)
}

/** By object id: an account may have several names, and a name may be another account's by now. */
function whyThere({ amendments, planned }: Run, proposal: ProposalAmendment): string | undefined {
  const { slot, leaves, joins } = proposal
  const [who] = whoChangedBy(proposal, amendments, planned.people)
  if (who?.of !== 'proposal') return `Whom ${leaves} means is not known any more. Cancel, and start anew.`
  if (who.leaves === who.joins)
    return `${joins} is who leaves, the same account (object ${who.joins}): name who takes over.`
  if (hasSaidSecondWord(amendments, who.joins))
    return `${joins} was the second word to a replacement here: name somebody who was not.`
  const acting = partiesNow(partiesOfPlan(planned), whoChangedIn(amendments, planned.people))
  return acting.some((each) => each.isOperator && each.slot === slot && each.objectId === who.joins)
    ? `${joins} acts for slot ${String(slot)} already: name somebody who does not.`
    : undefined
}

/** The second word, of a Custodian. */
function* confirm(run: Run, proposal: Proposal, answered: Answer<'confirm-replacement'>): Story<string | undefined> {
  const { leaves, joins } = answered.answer
  if (leaves !== proposal.leaves || joins !== proposal.joins)
    return `Proposed is ${inWords(proposal)}: confirm that one, or have it withdrawn.`
  const proposed = proposedAnswer(run, proposal)
  if (proposed?.person.oid === answered.person.oid)
    return `${answered.by} proposed it: the second word is another person's.`
  if (proposed) yield* tellHowever(run, proposal, proposed)
  return yield* stand(run, proposal, { way: 'custodian', at: answered.at, answered })
}

/**
 * However quick the second word is, who is said to leave hears what was proposed: first, or, where the mail service takes none at
 * this moment, beside what it brings about. That stops no Custodian.
 */
function* tellHowever(run: Run, proposal: Proposal, proposed: Answer<'replace-operator'>): Story<void> {
  let toldAt: string | undefined
  yield* whyNot(function* () {
    toldAt = yield* tellProposed(run, proposal)
  })
  if (toldAt === undefined) yield* tellOperators(run, replacedLetter(run, 'proposed', proposal, proposed))
}

/** Who leaves acts no more from here on. The newcomer is looked at again: days may have passed since it was proposed. */
export function* stand(run: Run, proposal: Proposal, second: SecondWord): Story<string | undefined> {
  const { slot, leaves, joins } = proposal
  const seen = yield* lookedAt(run, slot, joins)
  if (typeof seen === 'string') return seen
  const proposed = proposedIn(run, proposal)
  if (proposed === undefined) return `What was proposed for slot ${String(slot)} is not there any more.`
  const { answered, objectId } = proposed
  if (seen.objectId !== objectId)
    return `${joins} is another person than when it was proposed: have it withdrawn, and propose it anew.`
  const wasAdministrator = ofSlot(namedNow(run.planned, run.board.state.replaced).slots, slot).administrators.includes(
    leaves
  )
  const { at } = second
  const id = `${proposal.id}.stands`
  yield* amend(run, { ...proposal, of: 'operator', id, proposal: proposal.id, at, ...seen, answered, second })
  const left = wasAdministrator ? leftBehind(run, leaves) : ''
  const words = `${inWords(proposal)}, by ${answered.by}, ${wayOf(second)}${left}`
  noteDone(run.board, 'Replaced', words, ['R11'])
  yield* tellOperators(run, replacedLetter(run, 'stands', proposal, answered))
  yield* wakeBranches(run)
  return undefined
}

function* withdraw(run: Run, proposal: Proposal, answered: Answer<'withdraw-replacement'>): Story<string | undefined> {
  const { id } = proposal
  const { at, by } = answered
  yield* amend(run, { of: 'withdrawal', id: `${id}.withdrawn`, proposal: id, at, answered })
  noteDone(run.board, 'Replacement withdrawn', `${inWords(proposal)}, by ${by}`, ['R11'])
  yield* tellOperators(run, replacedLetter(run, 'withdrawn', proposal, answered))
  return undefined
}

/** The newcomer acts from here on. */
function* confirmPlan(
  run: Run,
  { id, slot, joins, objectId }: Replacement,
  answered: Answer<'confirm-plan'>
): Story<string | undefined> {
  if (answered.person.oid !== objectId)
    return `${answered.by} is another person than ${joins} was when it was confirmed.`
  const seen = yield* lookedAt(run, slot, joins)
  if (typeof seen === 'string') return seen
  if (seen.objectId !== objectId) return `${joins} is somebody else's name by now: propose anew by the name of today.`
  yield* amend(run, { of: 'plan-confirmed', id: `${id}.read`, proposal: id, at: answered.at, answered })
  noteDone(run.board, 'Plan confirmed', `${joins} acts for slot ${String(slot)}`, ['R11'])
  yield* wakeBranches(run)
  return undefined
}

/** To the ledger first: who acts is never known to the story alone. */
export function* amend(run: Run, amendment: Amendment): Story<void> {
  const { context, requestId } = run
  const before = run.amendments.filter(({ id }) => id !== amendment.id)
  const [who] = whoChangedBy(amendment, before, run.planned.people)
  yield* atLedger(run, 'amend', { onboarding: requestId, now: now(context), amendment, ...(who && { who }) })
  heedAmendments(run, [amendment])
  restand(run)
}

/** Whether somebody may act for a slot: beside all who stand for the other one, or ever stood. */
function* lookedAt(run: Run, slot: Slot, upn: string) {
  const { context, planned, requestId } = run
  try {
    const { replaced } = run.board.state
    const other = otherSlot(slot)
    const others = [
      ...everNamed(planned, [], other).map((party) => ({ party, objectId: objectIdIn(planned.people, party) })),
      ...replaced.filter((each) => each.slot === other).map(({ joins, objectId }) => ({ party: joins, objectId }))
    ].map(({ party, objectId }) => ({ party, ...(objectId !== undefined && { objectId }) }))
    const seen = yield* act(context, 'check-replacement', {
      onboarding: requestId,
      now: now(context),
      upn,
      slot,
      others
    })
    const [finding] = seen.findings
    const { objectId, evidence, unfit } = seen
    if (finding || unfit !== undefined || objectId === undefined)
      return `${upn} cannot take over: ${finding?.observed ?? unfit ?? 'nobody was found'}.`
    return { objectId, evidence }
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    return `${upn} could not be looked up (${whyFailed(error)}). Answer again.`
  }
}

/** How it came to stand, for a reader. */
function wayOf(second: SecondWord): string {
  switch (second.way) {
    case 'custodian':
      return `confirmed by ${second.answered.by}`
    case 'owner':
      return `confirmed by ${second.by}, who gave them the reader role on the slot's store`
    case 'delay':
      return `as nobody had stopped it ${String(hoursOfDelay)} hours after everybody was told`
  }
}

export const inWords = (proposal: Proposal): string =>
  `slot ${String(proposal.slot)}: ${newcomerInWords(proposal)} for ${proposal.leaves}`

/** Where whoever left stays until people see to it. While vaults are being made, their set-ups know which are there. */
function leftBehind({ board }: Run, leaves: string): string {
  const { step } = board.state
  if (chapterIndex(step) < chapterIndex('vaults-and-keys')) return ''
  const where =
    step === 'vaults-and-keys' ? 'access policies of vaults that are made already' : "vaults' access policies"
  return `; ${leaves} stands in the ${where} until people change them, which verification asks for`
}
