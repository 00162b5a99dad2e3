import type { Author } from '../domain/ledger/chains.ts'
import type { PlanRef } from '../domain/plan/plan.ts'

/** Says of a person's word whether it counts, where no instance is there to judge it. */
export interface Weigher {
  /**
   * By the directory at this moment. What does not count is refused in its chain, where `by` has one and nobody has judged it.
   * `unread`: the directory does not say; it is no yes, and is asked again.
   */
  weigh(word: UnjudgedWord): Promise<'counts' | 'refused' | 'unread'>
}

export interface UnjudgedWord {
  readonly onboarding: string
  readonly plan: PlanRef
  /** The chain in which it was said, and id of its entry. */
  readonly chain: string
  readonly answer: string
  /** In whose name a verdict is written; absent where another one carries the chain, who judges it. */
  readonly by?: Author
  /** ISO 8601 UTC */
  readonly now: string
}
