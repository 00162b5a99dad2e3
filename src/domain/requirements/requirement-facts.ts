import type { Requirement } from '../terms/evidence.ts'

export type RequirementKind = 'action' | 'check' | 'human' | 'warning' | 'gate'

/** Tasks of people, by what they are about. */
export type TaskFamily = 'offers' | 'approvals' | 'attestations' | 'acknowledgement' | 'mails'

/** When what is counted must have been seen. */
export type Seen =
  /** In the one look before the hand-off, in which everything held. */
  | 'verification'
  /** As each mail to Microsoft was handed over. */
  | 'mail'
  /** Before the first of these mails. */
  | 'before-mail'
  /** When Microsoft had answered. */
  | 'wait'

/** What a plan must have for a proof to be asked for. */
export type Only = 'rbac' | 'immutable'

/** What must have been seen to hold: each check, of every resource of the plan that such a check is about. */
export interface Proof {
  /** Codes, in src/domain/checks. */
  readonly checks: readonly string[]
  readonly seen: Seen
  readonly only?: Only
}

/** What an answer must say, where only some of its kind say it. */
export type Statement = 'signedInAs' | 'chosenOffer'

export interface RequirementFacts {
  readonly id: Requirement
  readonly kind: RequirementKind
  readonly title: string
  /** Where a test lets more pass. */
  readonly titleOfTest?: string
  /** All of them prove it; none: only people can say so. */
  readonly proofs: readonly Proof[]
  /** Tasks whose answers say so: a person's word, needed beside what is proved. */
  readonly stated?: TaskFamily
  readonly statement?: Statement
  /** Tasks that must have been answered, and whose answers say nothing of it that the app did not see itself. */
  readonly heard?: TaskFamily
  /** To those who approve a slot: their approval is the answer. */
  readonly shown?: true
  /** What serves it beside checks and tasks, for readers of docs/requirements.md. */
  readonly besides?: string
}
