import type { Approval } from '../resources/subscription.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

/** The mandatory retention feature of one subscription. */
export interface FeatureObserved {
  /** Azure's word: `NotRegistered`, `Pending`, `Registering`, `Registered`, `Unregistering`, `Unregistered`, … */
  readonly state: string
  /** Where Azure tells it. */
  readonly approval?: Approval | undefined
}

export interface FeatureExpected {
  readonly subscriptionId: string
  /** It was seen Registered before: whatever it shows now, somebody changed it. */
  readonly wasRegistered?: true
}

/** States in which the registration is asked for and Microsoft has not answered. */
const underWay = ['Pending', 'Registering']

/** Asked for and not answered yet: nobody's fault, nothing to do but wait. */
export const isUnderWay = (state: string): boolean => underWay.includes(state)

const look = [
  'az feature show --subscription SUB --namespace Microsoft.Resources --name mandatoryRetentionPeriodEnabled --query properties.state'
]
const expected: FeatureExpected = { subscriptionId: 'SUB' }
const examples = (...states: readonly string[]) => states.map((state) => ({ observed: { state }, expected }))

/** The registration was asked for and has not been taken back since. */
export const registrationSentChecks: readonly Check<FeatureObserved, FeatureExpected>[] = [
  {
    code: 'registration-sent',
    requirement: 'R20',
    on: 'subscription',
    expected: () => 'Pending, Registering or Registered',
    holds: ({ state }) => isUnderWay(state) || state === 'Registered',
    describe: ({ state }) => state || 'no state',
    overridable: false,
    means:
      'The feature mandatoryRetentionPeriodEnabled was asked for, but Azure shows neither Pending nor Registering nor Registered. ' +
      'Without it a subscription, and the keys in it, could be cancelled at once.',
    look,
    cure: cureOf,
    afterwards:
      `Where nobody could ask for it, the slot’s identity lacks the right to register features, which \`infra/\` grants. A ` +
      `registration cannot be taken back. ${retried}`,
    broken: examples('NotRegistered', 'Unregistered', 'NotSpecified')
  }
]

/** Microsoft approved the registration: vaults may be made. */
export const registeredChecks: readonly Check<FeatureObserved, FeatureExpected>[] = [
  {
    code: 'registered',
    requirement: 'R26',
    on: 'subscription',
    expected: () => 'Registered',
    holds: ({ state }) => state === 'Registered',
    describe: ({ state, approval }) =>
      approval === undefined ? state || 'no state' : `${state}, approved ${approval.at} by ${approval.by}`,
    overridable: false,
    means:
      'The registration was undone or denied, or is not approved yet: Azure shows something else than Registered where Registered ' +
      'is needed. A key made now would not be protected by the mandatory retention period.',
    look,
    cure: cureOf,
    afterwards: retried,
    broken: [
      ...examples('Pending', 'NotRegistered', 'Unregistered', 'NotSpecified'),
      ...examples('Pending').map((each) => ({
        ...each,
        where: 'it was Registered before',
        expected: { ...expected, wasRegistered: true as const }
      }))
    ]
  }
]

/**
 * https://learn.microsoft.com/azure/azure-resource-manager/management/preview-features tells what each state means: what is taken back
 * in the portal ends as NotRegistered, as what was never asked for.
 */
function cureOf({ state }: FeatureObserved, { subscriptionId, wasRegistered }: FeatureExpected): string {
  const isTakenBack = state === 'Unregistering' || state === 'Unregistered'
  if (isUnderWay(state))
    return wasRegistered
      ? `${subscriptionId} was Registered: somebody took that back and asked anew, which Microsoft has not approved. Find out who and ` +
          'why, tell the alias that was mailed, and retry once it shows Registered.'
      : `Microsoft has not approved ${subscriptionId}. Ask the alias that was mailed what is missing, then retry.`
  if (isTakenBack || (state === 'NotRegistered' && wasRegistered))
    return `Somebody took the registration back, which Customer Key forbids. Find out who and why; ${again(subscriptionId)}`
  if (state === 'NotRegistered')
    return (
      'Microsoft refused, nobody asked, or somebody took it back in the portal. Look who did what in the activity log of the ' +
      `subscription, and ask the alias that was mailed; ${again(subscriptionId)}`
    )
  if (state === 'NotSpecified' || state === '')
    return `Azure does not say how it stands. Look at the feature in the portal of ${subscriptionId}; ${again(subscriptionId)}`
  return `Azure documents no such state. Look at the feature in the portal of ${subscriptionId}, ask Microsoft's support, then retry.`
}

const again = (subscriptionId: string): string =>
  `then run Set-AzContext -SubscriptionId ${subscriptionId} and Register-AzProviderFeature -FeatureName ` +
  'mandatoryRetentionPeriodEnabled -ProviderNamespace Microsoft.Resources (az feature register --subscription ' +
  `${subscriptionId} --namespace Microsoft.Resources --name mandatoryRetentionPeriodEnabled), and retry.`
