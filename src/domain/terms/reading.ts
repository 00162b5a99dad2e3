import type { Call } from './evidence.ts'

/** What a service answered, and by which call. */
export interface Reading<T> {
  readonly value: T
  /** After several calls the last one. */
  readonly call: Call
  /** All of them, where parts of the value were seen by different ones. */
  readonly calls?: readonly Call[]
}

/** For evidence, which names the one that saw what its check looks at (`src/domain/checks/reads.ts`). */
export const callsOf = ({ call, calls }: Pick<Reading<unknown>, 'call' | 'calls'>): Call | readonly Call[] =>
  calls ?? call
