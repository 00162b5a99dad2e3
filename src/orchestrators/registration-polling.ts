import { zip } from '../domain/terms/zip.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import { toWake } from '../contracts/registration-polling.ts'
import { actForEach, input, now, type Context, type Story } from './durable.ts'

/** One look per subscription, and an event to each onboarding that knows another state. A hint, never a fact. */
export function* registrationPolling(context: Context): Story<{ woken: number }> {
  const { watched, sleepers } = input(context, orchestrators.registrationPolling)
  const told = { onboarding: 'registration-polling', now: now(context) }
  const looks = yield* actForEach(
    context,
    'poll-registration',
    watched.map((each) => ({ ...told, ...each }))
  )
  const seen = new Map(zip(watched, looks).map(([{ subscriptionId }, { state }]) => [subscriptionId, state]))
  const wake = toWake(sleepers, seen)
  yield* actForEach(
    context,
    'wake-onboarding',
    wake.map(({ instance, event }) => ({ instance, event }))
  )
  return { woken: wake.length }
}
