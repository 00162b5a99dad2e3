/** Why Azure finally refused a step. No retry cures it; a person may (DESIGN rule 2). */
export interface Refused {
  /** What happened, to what, and what to do; never what was sent. */
  readonly message: string
  readonly kind: string
}

/** What an activity gives back: a result or a final refusal. What may pass is thrown instead, and tried again. */
export type Outcome<T> = { readonly done: T } | { readonly refused: Refused }
