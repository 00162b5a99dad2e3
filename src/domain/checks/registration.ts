import { never, type Check } from './checks.ts'
import type { Slot } from '../terms/evidence.ts'

/** Who approved a registration, and when in ISO 8601 UTC. */
export interface Approval {
  readonly at: string
  readonly by: string
}

/** The mandatory retention feature of one subscription. */
export interface FeatureSeen {
  readonly slot: Slot
  readonly subscriptionId: string
  /** Azure's word: `NotRegistered`, `Pending`, `Registering`, `Registered`, `Unregistering`, `Unregistered`, … */
  readonly state: string
  /** Where Azure tells it. */
  readonly approval?: Approval | undefined
}

/** States in which the registration is asked for and Microsoft has not answered. */
const underWay = ['Pending', 'Registering']

/** Asked for and not answered yet: nobody's fault, nothing to do but wait. */
export const isUnderWay = (state: string): boolean => underWay.includes(state)

/** The registration was asked for and has not been taken back since. */
export const registrationSentChecks: readonly Check<FeatureSeen>[] = [
  {
    code: 'registration-sent',
    requirement: 'R20',
    expected: 'Pending, Registering or Registered',
    holds: ({ state }) => isUnderWay(state) || state === 'Registered',
    describe: ({ state }) => state || 'no state',
    remedy: remedyOf,
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
    describe: ({ state, approval }) =>
      approval === undefined ? state || 'no state' : `${state}, approved ${approval.at} by ${approval.by}`,
    remedy: remedyOf,
    overridable: never
  }
]

/** https://learn.microsoft.com/azure/azure-resource-manager/management/preview-features tells what each state means. */
function remedyOf({ state, subscriptionId }: FeatureSeen): string {
  if (isUnderWay(state))
    return `Microsoft has not approved ${subscriptionId}. Ask the alias that was mailed what is missing, then retry.`
  if (state === 'NotRegistered')
    return `Microsoft refused, or nobody asked. Ask the alias that was mailed why; ${again(subscriptionId)}`
  if (state === 'Unregistering' || state === 'Unregistered') {
    return `Somebody took the registration back, which Customer Key forbids. Find out who and why; ${again(subscriptionId)}`
  }
  return `Azure documents no such state. Look at the feature in the portal of ${subscriptionId}, ask Microsoft's support, then retry.`
}

const again = (subscriptionId: string): string =>
  `then run Set-AzContext -SubscriptionId ${subscriptionId} and Register-AzProviderFeature -FeatureName ` +
  'mandatoryRetentionPeriodEnabled -ProviderNamespace Microsoft.Resources, and retry.'
