import { note } from './board.ts'
import { keeperOf, keepWaits, now, sleepUntil, StoryEnds, whyFailed, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { lookUntil, type Awaited } from './wait-on-azure.ts'

export type Telling = Pick<Desk, 'board' | 'context'>

/**
 * Does what must be done before anybody can be heard, and waits where it fails: shown as any other wait (DESIGN rule 11). What
 * fails beyond that, or finally, fails as the last try did. Nobody is heard meanwhile.
 */
export function* patiently<T>(
  desk: Telling,
  awaited: Awaited,
  work: () => Story<T>,
  isFinal: (error: unknown) => boolean = () => false
): Story<T> {
  const { context } = desk
  const atDesk = keeperOf(context)
  const keeper = asleep(desk)
  keepWaits(context, keeper)
  try {
    const { seen } = yield* lookUntil(
      keeper,
      awaited,
      () => tried(work),
      (each) => ('done' in each || isFinal(each.failed) ? undefined : { said: whyFailed(each.failed) })
    )
    if ('done' in seen) return seen.done
    throw seen.failed
  } finally {
    keepWaits(context, atDesk)
  }
}

/** What was shown before it is shown again afterwards. */
function asleep({ board, context }: Telling): ReturnType<typeof keeperOf> {
  const { wait: before } = board.state
  return {
    now: () => now(context),
    *keep(wait) {
      note(board, { fact: 'azure-awaited', wait })
      yield* sleepUntil(context, new Date(wait.nextLook))
    },
    over: () => note(board, { fact: 'azure-awaited', ...(before && { wait: before }) })
  }
}

function* tried<T>(work: () => Story<T>): Story<{ readonly done: T } | { readonly failed: unknown }> {
  try {
    return { done: yield* work() }
  } catch (failed) {
    if (failed instanceof StoryEnds) throw failed
    return { failed }
  }
}
