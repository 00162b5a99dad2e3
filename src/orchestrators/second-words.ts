import type { Activities } from '../contracts/activities.ts'
import { hoursOfDelay, type Proposal } from '../domain/plan/replacements.ts'
import { secondsBetween } from '../domain/state/azure-wait.ts'
import { noteDone } from './board.ts'
import { act, later, now, StoryEnds, whyFailed, type Story } from './durable.ts'
import { tellProposed } from './replacement-letters.ts'
import { inWords, stand } from './replacements.ts'
import type { Run } from './run.ts'

type Look = Activities['look-for-second-word']['output']

/**
 * Beside every wait: what is proposed is told to everybody, and where nobody is a Custodian, an Owner's word is looked for, until
 * so many hours have passed since everybody was told (R11). The hours count from the first mail, whichever instance sent it.
 */
export function secondWords(run: Run): () => Story<Date | undefined> {
  const looks = new Map<string, NextLook>()
  let isLooking = false
  return function* () {
    if (isLooking) return undefined // it waits itself
    isLooking = true
    try {
      for (const proposal of run.board.state.proposals) {
        const { at } = looks.get(proposal.id) ?? {}
        if (at === undefined || at.toISOString() <= now(run.context))
          looks.set(proposal.id, yield* lookAgain(run, proposal))
      }
    } finally {
      isLooking = false
    }
    const open = run.board.state.proposals.flatMap(({ id }) => looks.get(id) ?? [])
    const timers = open.filter(({ wakes }) => wakes).map(({ at }) => at)
    return timers.toSorted((one, other) => one.getTime() - other.getTime())[0]
  }
}

/** When to look again; `wakes`: it is worth a timer, and not only a look beside another. */
interface NextLook {
  readonly at: Date
  readonly wakes: boolean
}

function* lookAgain(run: Run, proposal: Proposal): Story<NextLook> {
  try {
    const mailedAt = yield* tellProposed(run, proposal)
    if (mailedAt === undefined) return { at: later(run.context, soon), wakes: true }
    const seen = yield* looked(run, proposal)
    // Where there is a Custodian only people's words decide it; should the role be taken away, another look sees it.
    if (seen.custodians > 0) return { at: later(run.context, anHour), wakes: false }
    const end = later(run.context, hoursOfDelay * anHour - secondsBetween(mailedAt, now(run.context)))
    const why = yield* decided(run, proposal, { seen, mailedAt, end })
    noteOnce(
      run,
      `${inWords(proposal)}: ${why ?? `nobody is a Custodian; it stands at ${end.toISOString()}, unless it is stopped`}`
    )
    const next = later(run.context, untilNext(secondsBetween(mailedAt, now(run.context))))
    return { at: why === undefined && end < next ? end : next, wakes: true }
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    noteOnce(
      run,
      `${inWords(proposal)}: who may say the second word could not be looked up, and is each hour (${whyFailed(error)})`
    )
    return { at: later(run.context, anHour), wakes: true }
  }
}

const soon = 600
const anHour = 3600

/** Seconds: ever more seldom, so that a history stays short. */
const untilNext = (waited: number): number => Math.min(Math.max(waited / 2, anHour), 12 * anHour)

interface Waited {
  readonly seen: Look
  readonly mailedAt: string
  readonly end: Date
}

/** Lets it stand, where that is due. Why it cannot, in a sentence, or that it does; undefined: it is not time yet. */
function* decided(run: Run, proposal: Proposal, { seen, mailedAt, end }: Waited): Story<string | undefined> {
  const at = now(run.context)
  if (seen.owner) return (yield* stand(run, proposal, { way: 'owner', ...seen.owner })) ?? itStands
  if (at < end.toISOString()) return undefined
  return (yield* stand(run, proposal, { way: 'delay', at, mailedAt })) ?? itStands
}

const itStands = 'it stands'

const looked = (run: Run, { id }: Proposal): Story<Look> =>
  act(run.context, 'look-for-second-word', {
    onboarding: run.requestId,
    now: now(run.context),
    plan: run.planRef,
    proposal: id
  })

/** Azure's words differ with each look: what is the same before them is said once. */
function noteOnce({ board }: Run, detail: string): void {
  const same = (text: string) => text.replace(/ \(.*/s, '')
  if (!board.state.steps.some((each) => each.title === title && same(each.detail) === same(detail)))
    noteDone(board, title, detail, ['R11'])
}

const title = 'Second word'
