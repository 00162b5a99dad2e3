import type { OnboardingInput } from '../contracts/orchestrations.ts'
import type { Replacement } from '../domain/plan/replacements.ts'
import type { OfficerReplacement } from '../domain/tasks/tasks.ts'
import type { EvidenceRef } from '../domain/terms/evidence.ts'
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

/** One answer that was taken, and what was seen of the person. */
export interface OperatorChange extends Replacement {
  readonly objectId: string
  readonly evidence: EvidenceRef
  readonly answered: Answered
}
