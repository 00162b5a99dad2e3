import { orchestrators } from '../contracts/orchestrations.ts'
import type { OnboardingOutcome } from '../contracts/orchestrations.ts'
import { planNow } from '../domain/plan/replacements.ts'
import { approvals } from './approvals.ts'
import { createBoard, type Board } from './board.ts'
import type { Run } from './run.ts'
import { act, input, now, setStatus, whyFailed, type Context, type Story } from './durable.ts'
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
  const board = createBoard(context, { step: 'preflight', waitingOn: 'azure', tasks: [], findings: [], steps: [] })
  const run = runOf(context, board)
  try {
    return yield* story(run)
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return yield* ended(run, error)
  }
}

/** `plan` always names those who act now. */
function runOf(context: Context, board: Board): Run {
  const told = input(context, orchestrators.onboarding)
  return {
    ...told,
    context,
    board,
    changes: noChanges(),
    get plan() {
      return planNow(told.plan, board.status().replaced ?? [])
    }
  }
}

function* story(run: Run): Story<OnboardingOutcome> {
  yield* tellOperators(run, { kind: 'started', startedBy: run.startedBy })
  const principals = yield* preflight(run)
  run.board.beside = operatorsBeside(run)
  const submitted = yield* offers(run)
  run.board.beside = [...operatorsBeside(run), officersBeside(run, submitted)]
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
      ...[approved, told.answers, waited.answers, made.answers, attested, run.changes.answers].flat()
    ],
    vaults: verified.vaults,
    evidence: [principals, registered, told, waited, verified]
      .flatMap((each) => each.evidence)
      .concat(run.changes.operators.map((each) => each.evidence))
  })
}

/** Ends with a report of what stays in Azure: this app removes nothing. */
function* ended(run: Run, { answered }: Cancelled): Story<OnboardingOutcome> {
  const { context, board } = run
  if (!board.status().answers?.some((each) => each.task === 'cancel')) board.heard(answered) // a branch heard it
  board.update({ waitingOn: 'azure', tasks: [], findings: [] })
  board.done('Cancelled', yield* remains(run), [])
  setStatus(context, { ...board.status(), outcome: 'cancelled', waitingOn: 'nobody' })
  return { outcome: 'cancelled', cancelled: answered }
}

function* remains({ context, request, requestId }: Run): Story<string> {
  try {
    const report = yield* act(context, 'report-remains', { onboarding: requestId, now: now(context), request })
    return `${report.line} · what people may remove is in ${report.name} of the records`
  } catch (error) {
    return `what stays in Azure could not be looked at: ${whyFailed(error)}`
  }
}
