import type { CallPlace, Refused } from './refused.ts'

/** Why Azure finally refused a step. No retry cures it; a person may (DESIGN rule 2). */
export interface Refusal {
  /** What happened, to what, and what to do; never what was sent. */
  readonly message: string
  readonly kind: string
  /** Where its cause is known: what its finding is made of. */
  readonly refused?: Refused
  /** What the refused call was about, where its cause is not known: a step may be about more than that. */
  readonly place?: CallPlace
}

/** Azure said how long to wait before it is asked again: longer than a call or a retry would. */
export interface Wait extends Refusal {
  readonly seconds: number
}

/**
 * What an activity gives back: a result, a final refusal or a wait. What may pass at any moment is thrown instead, and tried
 * again.
 */
export type Outcome<T> =
  | { readonly done: T }
  | { readonly refused: Refusal }
  | { readonly wait: Wait }
  | { readonly held: HeldBack }

/** Nothing was done: a cancel or a halt stands in the ledger, or a newer generation carries the chain. */
export interface HeldBack {
  readonly kind: 'superseded' | 'cancel' | 'halt'
}
