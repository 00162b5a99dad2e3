import type { OfPlan, Occasion } from '../domain/plan/vault-task.ts'
import type {
  EscalationLetter,
  OfficerLetter,
  OperatorLetter,
  ReplacedLetter
} from '../domain/mails/operator-letters.ts'
import type { Replacement } from '../domain/plan/replacements.ts'

/** Input of the short orchestration that sends one letter and follows it to its end. */
export type LetterInput = OfPlan & {
  /** What makes it another letter: one that is alike in this is the same. */
  readonly same: readonly string[]
  /** Who acts in whose place since the request. */
  readonly replaced?: readonly Replacement[]
} & Mortal &
  (
    | { readonly letter: OperatorLetter; readonly operationId?: never }
    /** The work has sent it by this operation id: it is only followed. */
    | { readonly letter: EscalationLetter | ReplacedLetter | OfficerLetter; readonly operationId: string }
  )

/** What is started anew where its instance died. */
export interface Mortal {
  /** How many instances of it have died. */
  readonly deaths?: number
}

export type LetterOutcome = { readonly outcome: 'delivered' } | { readonly outcome: 'failed'; readonly why: string }

/** Input of the short orchestration that mails of one minute of an onboarding, when it is over. */
export interface MinuteMailsInput extends Pick<Occasion, 'onboarding'>, Mortal {
  /** e.g. `2026-11-30T07:12` */
  readonly minute: string
}
