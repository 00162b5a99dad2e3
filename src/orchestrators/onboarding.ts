import { orchestrators, type OnboardingOutcome } from '../contracts/orchestrations.ts'
import { sameTask } from '../domain/tasks/task.ts'
import { beginning } from '../domain/state/state.ts'
import { approvals } from './approvals.ts'
import { waitAtDesk } from './at-desk.ts'
import { createBoard, note, noteDone } from './board.ts'
import type { Run } from './run.ts'
import { act, input, now, whyFailed, type Context, type Story } from './durable.ts'
import { attestations, handOver, verification } from './hand-over.ts'
import { offers } from './offers.ts'
import { Cancelled } from './people.ts'
import { preflight } from './preflight.ts'
import { noChanges, offersNow, officersBeside, operatorsBeside } from './replacements.ts'
import { register, tellMicrosoft } from './registration.ts'
import { tellOperators } from './tell-operators.ts'
import { vaultsAndKeys } from './vaults-and-keys.ts'
import { waitOnMicrosoft } from './wait-on-microsoft.ts'

/** Microsoft's article from its first task to its last, for one tenant. */
export function* onboarding(context: Context): Story<OnboardingOutcome> {
  const told = input(context, orchestrators.onboarding)
  const run: Run = { ...told, context, board: createBoard(context, beginning()), changes: noChanges(), beside: [] }
  waitAtDesk(run)
  try {
    return yield* story(run)
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return yield* ended(run, error)
  }
}

function* story(run: Run): Story<OnboardingOutcome> {
  yield* tellOperators(run, { kind: 'started', startedBy: run.startedBy })
  const principals = yield* preflight(run)
  run.beside = operatorsBeside(run)
  const submitted = yield* offers(run)
  run.beside = [...operatorsBeside(run), officersBeside(run, submitted)]
  const approved = yield* approvals(run)
  const registered = yield* register(run)
  const told = yield* tellMicrosoft(run, submitted, registered)
  const waited = yield* waitOnMicrosoft(run, told)
  const made = yield* vaultsAndKeys(run, principals)
  const attested = yield* attestations(run, principals)
  const verified = yield* verification(run, principals, made.evidence)
  return yield* handOver(run, {
    offers: offersNow(submitted, run.changes),
    registration: waited.registration,
    answers: [
      ...submitted.map((offer) => offer.answered),
      ...[approved, told.answers, waited.answers, attested, run.changes.answers].flat()
    ],
    vaultAnswers: made.answers,
    vaults: verified.vaults,
    evidence: [principals, registered, told, waited, verified]
      .flatMap((each) => each.evidence)
      .concat(run.changes.operators.map((each) => each.evidence))
  })
}

/** Ends with a report of what stays in Azure: this app removes nothing. */
function* ended(run: Run, { answered }: Cancelled): Story<OnboardingOutcome> {
  const { context, board } = run
  const { answers, tasks } = board.state
  const isKnown = answers.some((each) => sameTask(each.task, answered.task)) // or else a branch heard it
  note(
    board,
    ...(isKnown ? [] : [{ fact: 'answered', answers: [answered] } as const]),
    { fact: 'closed', tasks: tasks.map(({ task }) => task) },
    { fact: 'found', findings: [], at: now(context) },
    { fact: 'waiting', on: 'azure' }
  )
  noteDone(board, 'Cancelled', yield* remains(run), [])
  note(board, { fact: 'ended', outcome: 'cancelled' })
  return { outcome: 'cancelled', cancelled: answered }
}

function* remains({ context, planRef, requestId }: Run): Story<string> {
  try {
    const report = yield* act(context, 'report-remains', { onboarding: requestId, now: now(context), plan: planRef })
    return `${report.line} · what people may remove is in ${report.name} of the records`
  } catch (error) {
    return `what stays in Azure could not be looked at: ${whyFailed(error)}`
  }
}
