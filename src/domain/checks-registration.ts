import { never, type Check } from './checks.ts'
import type { Slot } from './evidence.ts'

/** The mandatory retention feature of one subscription. */
export interface FeatureSeen {
  readonly slot: Slot
  readonly subscriptionId: string
  /** `NotRegistered`, `Pending`, `Registering`, `Registered`, `Unregistering` or `Unregistered`. */
  readonly state: string
}

/** The registration was asked for and has not been taken back since. */
export const registrationSentChecks: readonly Check<FeatureSeen>[] = [
  {
    code: 'registration-sent',
    requirement: 'R20',
    expected: 'Pending, Registering or Registered',
    holds: ({ state }) => ['Pending', 'Registering', 'Registered'].includes(state),
    describe: ({ state }) => state,
    remedy: ({ subscriptionId }) =>
      'Somebody may have taken the registration back. Find out who and why, run Set-AzContext -SubscriptionId ' +
      `${subscriptionId} and Register-AzProviderFeature -FeatureName mandatoryRetentionPeriodEnabled ` +
      '-ProviderNamespace Microsoft.Resources, then retry.',
    overridable: never
  }
]

/** Microsoft approved the registration: vaults may be made. */
export const registeredChecks: readonly Check<FeatureSeen>[] = [
  {
    code: 'registered',
    requirement: 'R26',
    expected: 'Registered',
    holds: ({ state }) => state === 'Registered',
    describe: ({ state }) => state,
    remedy: ({ subscriptionId }) =>
      `Microsoft has not approved ${subscriptionId}. Ask the alias that was mailed what is missing, then retry.`,
    overridable: never
  }
]
