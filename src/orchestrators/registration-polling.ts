import { zip } from '../domain/terms/zip.ts'
import { orchestrators } from '../contracts/orchestrations.ts'
import { toWake } from '../contracts/registration-polling.ts'
import { act, actForEach, input, now, type Context, type Story } from './durable.ts'

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
  if (wake.length > 0) yield* act(context, 'wake', { chains: wake.map(({ chain }) => chain) })
  return { woken: wake.length }
}
