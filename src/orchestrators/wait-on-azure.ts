import { later, nextLookAt, type AzureWait, type Patience, type Stalled } from '../domain/state/azure-wait.ts'

/** Who keeps a wait: a desk, where people are heard meanwhile, or an orchestration that nobody talks to. */
export interface Keeper<Step> {
  /** ISO 8601 UTC */
  readonly now: () => string
  /** Shows the wait, and goes on when its next look is due. */
  readonly keep: (wait: AzureWait) => Generator<Step, void, unknown>
  /** Nothing is waited for any more. */
  readonly over: () => void
}

/** `what` reads after "waiting for". */
export interface Awaited {
  readonly what: string
  readonly patience: Patience
}

/** What Azure said instead, and for how many seconds it asked to be left alone. */
export interface NotYet {
  readonly said: string
  readonly asked?: number
}

/** What was seen last. `stalled`: it is not what was waited for, and it was waited long enough. */
export interface Looked<T> {
  readonly seen: T
  readonly stalled?: Stalled
}

/**
 * The one loop that sleeps (DESIGN rule 11). Looks until there is what is waited for, ever more seldom, and gives up when the
 * wait is over its bound: a history stays short, however long Azure takes.
 */
export function* lookUntil<Step, T>(
  keeper: Keeper<Step>,
  { what, patience }: Awaited,
  look: () => Generator<Step, T, unknown>,
  notYet: (seen: T) => NotYet | undefined
): Generator<Step, Looked<T>, unknown> {
  let since: string | undefined
  try {
    for (let looks = 1; ; looks++) {
      const seen = yield* look()
      const word = notYet(seen)
      if (word === undefined) return { seen }
      const { said, asked = 0 } = word
      const now = keeper.now()
      since ??= now
      const nextLook = nextLookAt({ since, now, looks, asked }, patience)
      if (nextLook === undefined)
        return { seen, stalled: { what, since, said, ...(asked > 0 && { until: later(now, asked) }) } }
      yield* keeper.keep({ what, since, said, nextLook })
    }
  } finally {
    if (since !== undefined) keeper.over()
  }
}
