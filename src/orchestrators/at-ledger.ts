import type { Activities } from '../contracts/activities.ts'
import { anHour } from '../domain/state/azure-wait.ts'
import { note } from './board.ts'
import { act, keeperOf, keepWaits, now, sleepUntil, StoryEnds, whyFailed, type Story } from './durable.ts'
import type { Desk } from './run.ts'
import { lookUntil } from './wait-on-azure.ts'

/** What reads and writes an onboarding's own chains. */
type LedgerActivity = 'recall' | 'hear' | 'judge' | 'amend' | 'end-chapter' | 'gather-branches' | 'close'

type Telling = Pick<Desk, 'board' | 'context'>

/**
 * Whoever cannot reach the ledger cannot go on, and waits for it: shown as any other wait (DESIGN rule 11). What it refuses for
 * an hour fails as the last try did, and the watch takes over. Nobody is heard meanwhile: what people say stands there, too.
 */
export function* atLedger<N extends LedgerActivity>(
  desk: Telling,
  name: N,
  input: Activities[N]['input']
): Story<Activities[N]['output']> {
  const { context } = desk
  const atDesk = keeperOf(context)
  const keeper = asleep(desk)
  keepWaits(context, keeper)
  try {
    const { seen } = yield* lookUntil(
      keeper,
      { what: 'the ledger in the storage of the app', patience: anHour },
      () => tried(() => act(context, name, input)),
      (each) => ('done' in each ? undefined : { said: whyFailed(each.failed) })
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
