import { later, sleepUntil, StepRefused, type Context, type Story } from './durable.ts'

/** Looks, and looks again after each of these pauses, in minutes, until there is something. */
export function* lookAtIntervals<T>(
  context: Context,
  pauses: readonly number[],
  look: () => Story<T | undefined>
): Story<T | undefined> {
  for (const minutes of pauses) {
    const seen = yield* look()
    if (seen !== undefined) return seen
    yield* sleepUntil(context, later(context, minutes * 60))
  }
  return yield* look()
}

/** Tries again what may pass, beyond the retries of one step, for most of a day; then it fails as the last try did. */
export function* insisting<T>(context: Context, work: () => Story<T>): Story<T> {
  const done = yield* lookAtIntervals(context, triesAgainAfter, function* () {
    try {
      return { value: yield* work() }
    } catch (error) {
      if (!mayPass(error)) throw error
      return undefined
    }
  })
  return done ? done.value : yield* work()
}

/** In minutes. */
const triesAgainAfter = [60, 60, 120, 240, 480]

const mayPass = (error: unknown): boolean =>
  !(error instanceof StepRefused) || error.kind === 'throttled' || error.kind === 'unavailable'
