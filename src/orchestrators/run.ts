import type { OnboardingInput } from '../contracts/orchestrations.ts'
import type { Plan } from '../domain/plan/plan.ts'
import type { OperatorChange } from '../contracts/vault-set-up.ts'
import type { PeopleOfPlan } from '../domain/tasks/whom.ts'
import type { AnswerOf } from '../domain/tasks/task-kinds.ts'
import type { Board } from './board.ts'
import type { Context } from './durable.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import type { StandingQuestion } from './question.ts'

/** Where people are asked and heard: an onboarding, or one of its branches while it makes vaults. */
export interface Desk {
  readonly context: Context
  readonly board: Board
  readonly requestId: string
  /** With those who act now: replaced when somebody takes another's place. */
  plan: Pick<Plan, 'slots'> & PeopleOfPlan
  readonly changes: Changes
  /** What stands beside every wait; a chapter that opens more sets it anew. */
  beside: readonly StandingQuestion[]
}

/** What every chapter of the story shares. */
export interface Run extends OnboardingInput, Desk {
  plan: Plan
}

/** What people's leaving has changed so far, for the chapters that come. */
export interface Changes {
  /** Operators who left, and the object ids of who took their place. */
  readonly operators: OperatorChange[]
  readonly officers: AnswerOf<'replace-officer'>[]
  readonly answers: Answer[]
}
