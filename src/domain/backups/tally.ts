/** Counts what is dropped by its reason, for as long as the process lives; `tell` counts it for all processes together. */
export interface Tally {
  /** True: the first of its kind, which is worth a line in the log. The others are only counted. */
  count(reason: DropReason): boolean
  counts(): Readonly<Record<DropReason, number>>
}

/** `malformed`: no key event at all. `foreign`: about a vault that the app does not manage. */
export type DropReason = 'malformed' | 'foreign'

export function createTally(tell: (reason: DropReason) => void = () => undefined): Tally {
  const counts: Record<DropReason, number> = { malformed: 0, foreign: 0 }
  return {
    count: (reason) => {
      counts[reason] += 1
      tell(reason)
      return counts[reason] === 1
    },
    counts: () => ({ ...counts })
  }
}
