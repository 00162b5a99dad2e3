import type { Amendment, Pending, Recalled } from '../contracts/ledger.ts'
import type { OnboardingInput } from '../contracts/orchestrations.ts'
import type { Author } from '../domain/ledger/chains.ts'
import type { Plan, PlanRef } from '../domain/plan/plan.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import type { Offer } from '../domain/terms/offer.ts'
import type { PeopleOfPlan } from '../domain/tasks/whom.ts'
import type { Board } from './board.ts'
import type { Context, Story } from './durable.ts'
import { nothingElse, type StandingQuestion } from './question.ts'

/** Where people are asked and heard: an onboarding, or one of its branches. */
export interface Desk {
  readonly context: Context
  readonly board: Board
  readonly requestId: string
  readonly author: Author
  /** As it was approved. */
  readonly planned: Pick<Plan, 'slots'> & PeopleOfPlan
  readonly planRef: PlanRef
  /** With those who act now: replaced when somebody takes another's place. */
  plan: Pick<Plan, 'slots'> & PeopleOfPlan
  /** Everything that changed who acts, the newest last. */
  amendments: readonly Amendment[]
  /** Heard, and not judged yet. */
  pending: readonly Pending[]
  /** Taken by a generation before, in the chapter that is open: they count when they are asked for. */
  carried: readonly Answer[]
  /** What stands beside every wait. */
  beside: readonly StandingQuestion[]
  /** The same as it is to be now: a chapter that opens more sets it anew, and people who change ask for more. */
  asksBeside: () => readonly StandingQuestion[]
  /** Looks at what time or Azure decides while it waits; gives when it is to be looked at again, if nobody says anything. */
  attends: () => Story<Date | undefined>
  /** Ids of the undelivered mails that the story has told of. */
  readonly toldMails: Set<string>
}

/** A desk at which nothing was heard, asked or told yet. */
export const untouched = (): Omit<
  Desk,
  'context' | 'board' | 'requestId' | 'author' | 'planned' | 'planRef' | 'plan'
> => ({
  amendments: [],
  pending: [],
  carried: [],
  beside: [],
  asksBeside: () => [],
  attends: nothingElse,
  toldMails: new Set()
})

/** What every chapter of the story shares. */
export interface Run extends OnboardingInput, Desk {
  readonly planned: Plan
  plan: Plan & Pick<PeopleOfPlan, 'changes'>
  /** Once they are recorded. */
  offers: readonly Offer[]
  /** Results of the chapters that have ended in a generation before. */
  ended: Recalled['chapters']
}
