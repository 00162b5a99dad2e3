import type { Slot } from '../domain/terms/evidence.ts'

/** One subscription to look at, however many onboardings wait on it. */
export interface PolledSubscription {
  readonly slot: Slot
  readonly subscriptionId: string
}

/** An onboarding asleep on Microsoft, by its chain, and which states it knows. */
export interface Sleeper {
  readonly chain: string
  readonly known: readonly { readonly subscriptionId: string; readonly state: string }[]
}

/** Input of the short polling orchestration that each tick of the timer starts. */
export interface RegistrationPollingInput {
  readonly watched: readonly PolledSubscription[]
  readonly sleepers: readonly Sleeper[]
}

/** The onboardings that know another state than the one just seen. */
export function toWake(sleepers: readonly Sleeper[], seen: ReadonlyMap<string, string>): Sleeper[] {
  return sleepers.filter(({ known }) =>
    known.some(({ subscriptionId, state }) => (seen.get(subscriptionId) ?? state) !== state)
  )
}
