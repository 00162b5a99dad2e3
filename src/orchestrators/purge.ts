import { act, later, type Context, type Story } from './durable.ts'

const days = 24 * 3600

/** Forgets finished short runs after seven days; onboardings and their vaults stay. */
export function* purge(context: Context): Story<{ purged: number }> {
  return yield* act(context, 'purge-finished', { before: later(context, -7 * days).toISOString() })
}
