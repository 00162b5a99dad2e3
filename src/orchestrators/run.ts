import type { OnboardingInput } from '../contracts/orchestrations.ts'
import type { OperatorChange } from '../contracts/vault-set-up.ts'
import type { OfficerReplacement } from '../domain/tasks/tasks.ts'
import type { Board } from './board.ts'
import type { Context } from './durable.ts'
import type { Answered } from './question.ts'

/** What every chapter of the story shares. */
export interface Run extends OnboardingInput {
  readonly context: Context
  readonly board: Board
  readonly changes: Changes
}

/** What people's leaving has changed so far, for the chapters that come. */
export interface Changes {
  /** Operators who left, and the object ids of who took their place. */
  readonly operators: OperatorChange[]
  readonly officers: OfficerReplacement[]
  readonly answers: Answered[]
}
