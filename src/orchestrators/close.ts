import { atLedger } from './at-ledger.ts'
import type { HandOffReceipt, OnboardingOutcome } from '../contracts/orchestrations.ts'
import { note, noteDone } from './board.ts'
import type { Cancelled } from './cancelled.ts'
import { isAnswerTo } from '../domain/tasks/answers.ts'
import { act, later, now, sleepUntilLook, StoryEnds, whyFailed, type Story } from './durable.ts'
import { listen } from './people.ts'
import { nothingElse } from './question.ts'
import type { Run } from './run.ts'
import { tellOperators } from './tell-operators.ts'
import { cameLate } from './verdicts.ts'
import { makesVaults, wakeBranches } from './wake.ts'

/** The end of an onboarding that came to its hand-off. */
export function* close(run: Run, handOff: HandOffReceipt): Story<OnboardingOutcome> {
  yield* closed(run, 'completed', handOff)
  return { outcome: 'completed', handOff }
}

/** Ends with a report of what stays in Azure: this app removes nothing. */
export function* cancellation(run: Run, { answered }: Cancelled): Story<OnboardingOutcome> {
  const { board, context } = run
  if (answered === undefined) throw new Error('An onboarding was cancelled by nobody.')
  run.beside = []
  run.asksBeside = () => []
  run.attends = nothingElse
  const { tasks } = board.state
  note(
    board,
    { fact: 'closed', tasks: tasks.map(({ task }) => task) },
    { fact: 'found', findings: [], at: now(context) },
    { fact: 'waiting', on: 'azure' }
  )
  yield* branchesOver(run)
  noteDone(board, 'Cancelled', yield* remains(run), [])
  if (isAnswerTo(answered, 'cancel'))
    yield* tellOperators(run, { kind: 'cancelled', by: answered.by, reason: answered.answer.reason })
  yield* closed(run, 'cancelled')
  return { outcome: 'cancelled', cancelled: { task: answered.task, by: answered.by, at: answered.at } }
}

/** Branches hear of the end by themselves; one that does not in an hour is told of with what stays. */
function* branchesOver(run: Run): Story<void> {
  if (!makesVaults(run)) return
  const { context, planRef, requestId } = run
  yield* wakeBranches(run)
  const patience = later(context, 3600)
  for (let wasSaid = true; wasSaid; wasSaid = yield* sleepUntilLook(context, patience)) {
    const seen = yield* act(context, 'look-at-branches', { onboarding: requestId, now: now(context), plan: planRef })
    if (seen.open === 0) return
  }
}

/**
 * What is still unheard then came too late, and is told so. The status ends first: whoever reads of the end in the ledger
 * finds the hand-off there.
 */
function* closed(run: Run, outcome: 'completed' | 'cancelled', result?: HandOffReceipt): Story<void> {
  const { board, context, requestId } = run
  yield* listen(run)
  for (const answer of run.pending) yield* cameLate(run, answer)
  note(board, { fact: 'ended', outcome, ...(result && { handOff: result }) })
  yield* atLedger(run, 'close', { onboarding: requestId, now: now(context), outcome, ...(result && { result }) })
}

function* remains({ context, planRef, requestId }: Run): Story<string> {
  try {
    const report = yield* act(context, 'report-remains', { onboarding: requestId, now: now(context), plan: planRef })
    return `${report.line} · what people may remove is in ${report.name} of the records`
  } catch (error) {
    if (error instanceof StoryEnds) throw error
    return `what stays in Azure could not be looked at: ${whyFailed(error)}`
  }
}
