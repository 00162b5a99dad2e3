import type { OnboardingInput, OnboardingOutcome } from '../domain/onboarding.ts'
import { approvals } from './approvals.ts'
import { createBoard, type Board } from './board.ts'
import { input, setStatus, type Context, type Story } from './durable.ts'
import { attestations, handOver, verification } from './hand-over.ts'
import { offers } from './offers.ts'
import { Cancelled } from './people.ts'
import { preflight } from './preflight.ts'
import { register, tellMicrosoft } from './registration.ts'
import { vaultsAndKeys } from './vaults-and-keys.ts'
import { waitOnMicrosoft } from './wait-on-microsoft.ts'

/** What every chapter of the story shares. */
export interface Run extends OnboardingInput {
  readonly context: Context
  readonly board: Board
}

/** Microsoft's article from its first task to its last, for one tenant. */
export function* onboarding(context: Context): Story<OnboardingOutcome> {
  const told = input<OnboardingInput>(context)
  const board = createBoard(context, { step: 'preflight', waitingOn: 'azure', tasks: [], findings: [], steps: [] })
  try {
    return yield* story({ ...told, context, board })
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error
    return cancelled(context, board, error)
  }
}

function* story(run: Run): Story<OnboardingOutcome> {
  const principals = yield* preflight(run)
  const submitted = yield* offers(run)
  const approved = yield* approvals(run)
  const registered = yield* register(run)
  const told = yield* tellMicrosoft(run, submitted, registered)
  const waited = yield* waitOnMicrosoft(run, told)
  const vaults = yield* vaultsAndKeys(run, principals)
  const attested = yield* attestations(run, principals)
  const verified = yield* verification(run, principals, vaults)
  return yield* handOver(run, {
    offers: submitted,
    registration: waited.registration,
    answers: [...submitted.map((offer) => offer.answered), ...approved, ...waited.answers, ...attested],
    vaults: verified.vaults,
    evidence: [...principals.evidence, ...registered.evidence, ...told.evidence, ...waited.evidence, ...verified.evidence]
  })
}

function cancelled(context: Context, board: Board, { answered }: Cancelled): OnboardingOutcome {
  if (!board.status().answers?.some((each) => each.task === 'cancel')) board.heard(answered) // a branch heard it
  setStatus(context, { ...board.status(), outcome: 'cancelled', waitingOn: 'nobody', tasks: [], findings: [] })
  return { outcome: 'cancelled', cancelled: answered }
}
