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
    broken: examples('Pending', 'NotRegistered', 'Unregistered', 'NotSpecified')
  }
]

/** https://learn.microsoft.com/azure/azure-resource-manager/management/preview-features tells what each state means. */
function cureOf({ state }: FeatureObserved, { subscriptionId }: FeatureExpected): string {
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
  'mandatoryRetentionPeriodEnabled -ProviderNamespace Microsoft.Resources (az feature register --subscription ' +
  `${subscriptionId} --namespace Microsoft.Resources --name mandatoryRetentionPeriodEnabled), and retry.`
