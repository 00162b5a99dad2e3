import { orchestrators, type OnboardingInput, type OnboardingOutcome } from '../contracts/orchestrations.ts'
import { onboardingChain } from '../domain/ledger/chains.ts'
import { beginning } from '../domain/state/state.ts'
import type { CopiesOfSlots } from '../domain/backups/offline-copy.ts'
import { answersTo, type Answer } from '../domain/tasks/answers.ts'
import { countedAnswers, offersNow, operatorChanges } from './amendments.ts'
import { approvals } from './approvals.ts'
import { waitAtDesk } from './at-desk.ts'
import { begin } from './begin.ts'
import { createBoard } from './board.ts'
import { cancellation, close } from './close.ts'
import { Cancelled } from './cancelled.ts'
import { chapter } from './chapter.ts'
import { input, Superseded, type Context, type Story } from './durable.ts'
import { endsBeside, halted, heldBack } from './ends.ts'
import { attestations, handOver } from './hand-over.ts'
import { offers } from './offers.ts'
import { standBeside } from './people.ts'
import { preflight } from './preflight.ts'
import { registration } from './registration.ts'
import { officersBeside } from './replace-officers.ts'
import { operatorsBeside } from './replacements.ts'
import { untouched, type Run } from './run.ts'
import { secondWords } from './second-words.ts'
import { vaultsAndKeys } from './vaults-and-keys.ts'
import { verification } from './verification.ts'
import { waitOnMicrosoft, owedIn } from './wait-on-microsoft.ts'

/** Microsoft's article from its first task to its last, for one tenant. */
export function* onboarding(context: Context): Story<OnboardingOutcome> {
  const run = runOf(context, input(context, orchestrators.onboarding))
  waitAtDesk(run)
  try {
    yield* goOn(run)
    return yield* story(run)
  } catch (error) {
    if (error instanceof Superseded) return { outcome: 'superseded' }
    if (error instanceof Cancelled) return yield* cancellation(run, error)
    throw error
  }
}

const runOf = (context: Context, told: OnboardingInput): Run => ({
  ...told,
  planned: told.plan,
  context,
  author: { chain: onboardingChain(told.requestId), generation: told.generation },
  board: createBoard(context, beginning()),
  ...untouched(),
  ended: {},
  offers: []
})

/** Where the generation before was, if there was one: what stood then stands now. */
function* goOn(run: Run): Story<void> {
  const { chapters, standing } = yield* begin(run, heldBack)
  run.ended = chapters
  standBeside(run, () => endsBeside(run))
  const said = run.carried.find(({ id }) => id === standing?.answer)
  if (said && standing?.kind === 'cancel') throw new Cancelled(said)
  if (said) for (const halt of answersTo([said], 'halt')) yield* halted(run, halt)
}

function* story(run: Run): Story<OnboardingOutcome> {
  const principals = yield* chapter(run, 'preflight', () => preflight(run))
  standBeside(run, () => [...endsBeside(run), ...operatorsBeside(run)])
  run.attends = secondWords(run)
  const submitted = yield* chapter(run, 'offers', () => offers(run))
  run.offers = submitted
  standBeside(run, () => [...endsBeside(run), ...operatorsBeside(run), officersBeside(run, submitted)])
  const approved = yield* chapter(run, 'approvals', () => approvals(run))
  const told = yield* chapter(run, 'registration', () => registration(run, submitted))
  const waited = yield* chapter(run, 'waiting-on-microsoft', () => waitOnMicrosoft(run, told))
  const made = yield* chapter(run, 'vaults-and-keys', () => vaultsAndKeys(run, principals))
  const attested = yield* chapter(run, 'attestations', () => attestations(run, principals))
  const gathered = { results: made.results, copies: attestedIn(attested) }
  const verified = yield* chapter(run, 'verification', () => verification(run, gathered))
  const handOff = yield* chapter(run, 'hand-off', () =>
    handOver(run, {
      verified,
      gathered,
      factsOf: (newest) => ({
        offers: offersNow(submitted, run.amendments),
        registration: waited.registration,
        answers: [
          ...submitted.map((offer) => offer.answered),
          ...[approved, told.answers, waited.answers, attested].flat(),
          ...run.amendments.flatMap(countedAnswers)
        ],
        replaced: run.board.state.replaced,
        vaultAnswers: made.answers,
        vaults: newest.vaults,
        verifiedSince: newest.since,
        escalationsOwed: owedIn(waited),
        evidence: [principals, told, waited, newest]
          .flatMap((each) => each.evidence)
          .concat(operatorChanges(run.amendments).map((each) => each.evidence))
      })
    })
  )
  return yield* close(run, handOff)
}

const attestedIn = (answers: readonly Answer[]): CopiesOfSlots =>
  Object.fromEntries(answersTo(answers, 'attest-offline').map(({ task: { slot }, at }) => [slot, at]))
