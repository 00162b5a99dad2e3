import type { Patience } from '../domain/state/azure-wait.ts'
import { keeperOf, StepRefused, type Context, type Story } from './durable.ts'
import { lookUntil } from './wait-on-azure.ts'

/** Looks ever more seldom until there is something; undefined: not in all that time. Nobody is kept waiting by it. */
export function* looksFor<T>(
  context: Context,
  patience: Patience,
  look: () => Story<T | undefined>
): Story<T | undefined> {
  const awaited = { what: 'what goes beside the work', patience }
  const { seen } = yield* lookUntil(keeperOf(context), awaited, look, (each) =>
    each === undefined ? { said: 'not yet' } : undefined
  )
  return seen
}

/** Tries again what may pass, beyond the retries of one step, for most of a day; then it fails as the last try did. */
export function* insisting<T>(context: Context, work: () => Story<T>): Story<T> {
  let last: unknown
  const done = yield* looksFor(context, mostOfADay, function* () {
    try {
      return { value: yield* work() }
    } catch (error) {
      if (!mayPass(error)) throw error
      last = error
      return undefined
    }
  })
  if (done === undefined) throw last
  return done.value
}

const hour = 3600
const mostOfADay: Patience = { first: hour, longest: 8 * hour, most: 16 * hour }

const mayPass = (error: unknown): boolean =>
  !(error instanceof StepRefused) || error.kind === 'throttled' || error.kind === 'unavailable'
