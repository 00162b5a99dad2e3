import type { Subscription } from '../resources/subscription.ts'
import { retried } from './afterwards.ts'
import * as causes from './subscription-causes.ts'
import type { Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import type { Slot } from '../terms/evidence.ts'
import { roleName } from '../terms/role-names.ts'
import { offerStanding } from './subscription-offers.ts'
import { cureOfState, statesWithCure } from './subscription-states.ts'

/** One subscription as Azure shows it, and what is in it. */
export interface SubscriptionObserved extends Subscription {
  /** Registration of Microsoft.KeyVault, e.g. `Registered`. */
  readonly keyVaultProvider: string
  /** Resource ids of everything in it that is not ours. */
  readonly foreignResources: readonly string[]
}

export interface SubscriptionExpected {
  readonly tenantId: string
}

/** Whether a slot's identity could read its subscription at all. */
export interface AccessObserved {
  /** What Azure refused; undefined where it did not. */
  readonly refusal: string | undefined
}

export interface AccessExpected {
  readonly subscriptionId: string
  readonly slot: Slot
  readonly namePrefix: string
  /** Before the hand-off the right to set up is gone, and the guard role must do. */
  readonly step: 'preflight' | 'verification'
}

/** Azure tells whoever has no role in a subscription that there is none (R7). */
export const subscriptionAccessChecks: readonly Check<AccessObserved, AccessExpected>[] = [
  {
    code: 'subscription-readable',
    requirement: 'R7',
    on: 'subscription',
    expected: () => 'the identity of the slot may read the subscription',
    holds: ({ refusal }) => refusal === undefined,
    describe: ({ refusal }) => refusal ?? 'it may',
    overridable: false,
    means:
      'Azure shows the identity of the slot no such subscription, or not all that preflight must read in it. The id is wrong, or ' +
      'the identity has no role there yet: Azure answers both alike.',
    cause: (_, { subscriptionId }) => causes.unseen(subscriptionId),
    look: [
      'az account list --query "[].{id:id, name:name, state:state}" --output table',
      'az role assignment list --subscription SUB --assignee SLOT_IDENTITY --output table'
    ],
    cure: (_, { subscriptionId, slot, namePrefix, step }) => {
      if (step === 'verification')
        return (
          `Look whether ${subscriptionId} is still there. If it is, "${roleName('guard', namePrefix, slot)}" does not reach all that ` +
          'is read before the hand-off: deploy infra/slot.bicep of this version again with settingUp=false in it ' +
          `(az deployment sub create --subscription ${subscriptionId} --name customer-key-guard --location westus2 --parameters ` +
          `slot${String(slot)}.bicepparam), wait some minutes, then retry.`
        )
      return (
        `Look whether ${subscriptionId} is the right id; if not, cancel and start anew with the right one. If it is, the identity ` +
        `slot-${slot} has no role there yet: deploy infra/slot.bicep with settingUp=true in it, which gives ` +
        `"${roleName('setup', namePrefix, slot)}" and the guard role, wait some minutes, then retry.`
      )
    },
    afterwards: retried,
    broken: [
      {
        observed: { refusal: 'Azure Resource Manager found nothing (404 SubscriptionNotFound)' },
        expected: { subscriptionId: 'SUB', slot: 1, namePrefix: 'prefix', step: 'preflight' }
      },
      {
        where: 'before the hand-off',
        observed: { refusal: 'Azure Resource Manager refused (403 AuthorizationFailed)' },
        expected: { subscriptionId: 'SUB', slot: 1, namePrefix: 'prefix', step: 'verification' }
      }
    ]
  }
]

const broken = (change: Partial<SubscriptionObserved>) => ({
  observed: {
    id: 'SUB',
    displayName: 'NAME',
    state: 'Enabled',
    tenantId: 'TENANT',
    quotaId: 'EnterpriseAgreement_2014-09-01',
    spendingLimit: 'Off',
    keyVaultProvider: 'Registered',
    foreignResources: [],
    ...change
  },
  expected: { tenantId: 'TENANT' }
})

export const subscriptionChecks: readonly Check<SubscriptionObserved, SubscriptionExpected>[] = [
  {
    code: 'subscription-enabled',
    requirement: 'R7',
    on: 'subscription',
    expected: () => 'state Enabled',
    holds: ({ state }) => state === 'Enabled',
    describe: ({ state }) => `state ${state}`,
    overridable: false,
    means:
      'Azure does not report the subscription as Enabled. One that is past due is disabled next, and one that is disabled is deleted ' +
      'next, with its keys: Microsoft 365 then loses access to the data.',
    cause: ({ id }) => causes.disabled(id),
    look: ['az account show --subscription SUB --query "{name:name, state:state, tenant:tenantId}"'],
    cure: ({ id, state }) => cureOfState(id, state),
    afterwards: retried,
    broken: [...statesWithCure, 'ANOTHER_STATE'].map((state) => broken({ state }))
  },
  {
    code: 'provider-registered',
    requirement: 'R7',
    on: 'subscription',
    expected: () => 'Microsoft.KeyVault is Registered',
    holds: ({ keyVaultProvider }) => keyVaultProvider === 'Registered',
    describe: ({ keyVaultProvider }) => `Microsoft.KeyVault is ${keyVaultProvider || 'of no state'}`,
    overridable: false,
    means:
      'The resource provider Microsoft.KeyVault is not registered in the subscription, so that no vault can be made. A feature ' +
      'that was registered also takes effect only once the provider is registered again.',
    cause: ({ id }) => causes.unregistered(id),
    look: ['az provider show --subscription SUB --namespace Microsoft.KeyVault --query registrationState'],
    cure: ({ id }) =>
      `Run az provider register --subscription ${id} --namespace Microsoft.KeyVault --wait (Set-AzContext -SubscriptionId ${id}; ` +
      'Register-AzResourceProvider -ProviderNamespace Microsoft.KeyVault), wait until it shows Registered, then retry.',
    afterwards: retried,
    broken: [broken({ keyVaultProvider: 'NotRegistered' })]
  },
  {
    code: 'subscription-tenant',
    requirement: 'R8',
    on: 'subscription',
    expected: () => 'the tenant of the organization',
    holds: ({ tenantId }, expected) => sameText(tenantId, expected.tenantId),
    describe: ({ tenantId }) => `tenant ${tenantId}`,
    overridable: false,
    means:
      'The subscription belongs to another tenant than the organization. A vault authorises only applications of its own tenant, ' +
      'so Microsoft 365 could never use its keys.',
    cause: ({ id }) => causes.elsewhere(id),
    look: ['az account show --subscription SUB --query tenantId'],
    cure: ({ id }, { tenantId }) =>
      `Keys can only be authorised for applications of their own tenant. Move ${id} to tenant ${tenantId} (Azure portal, ` +
      'Subscriptions, Change directory; role assignments are lost on the way), or start anew with a subscription of that tenant.',
    afterwards: retried,
    broken: [broken({ tenantId: 'ANOTHER_TENANT' })]
  },
  {
    code: 'offer-type',
    requirement: 'R2',
    on: 'subscription',
    expected: () => 'a paid offer: Enterprise Agreement, Pay-As-You-Go or Cloud Solution Provider',
    holds: ({ quotaId }) => offerStanding(quotaId) === 'paid',
    describe: ({ quotaId }) => `quota id ${quotaId}: ${offerStanding(quotaId).replace('-', ' ')}`,
    overridable: {
      only: 'Only where the app does not know the offer, or Microsoft neither takes nor refuses it',
      when: ({ quotaId }) => offerStanding(quotaId) !== 'not-eligible'
    },
    means:
      'The subscription’s quota id is not one of a known paid offer. Trial, sponsored, student and similar subscriptions end by ' +
      'themselves, and with them the keys. An id nobody here knows is treated the same: an unknown is not a yes.',
    look: ['az rest --method get --url "/subscriptions/SUB?api-version=2022-12-01" --query subscriptionPolicies'],
    cure: ({ id, quotaId }) =>
      offerStanding(quotaId) === 'not-eligible'
        ? `Microsoft does not accept this offer. Move ${id} to a paid offer (Azure portal, Subscriptions, Upgrade), or start anew ` +
          'with a paid subscription.'
        : `Ask Microsoft whether the offer of ${id} is accepted. If it is, override with the name of the offer and their answer as ` +
          'the reason.',
    afterwards: retried,
    broken: [broken({ quotaId: 'FreeTrial_2014-09-01' }), broken({ quotaId: 'Internal_2014-09-01' })]
  },
  {
    code: 'spending-limit',
    requirement: 'R2',
    on: 'subscription',
    expected: () => 'spending limit Off',
    holds: ({ spendingLimit }) => spendingLimit === 'Off',
    describe: ({ spendingLimit }) => `spending limit ${spendingLimit ?? 'unknown'}`,
    overridable: {
      only: 'Only where Azure does not say whether there is a limit: an unknown is for an operator to judge',
      when: ({ spendingLimit }) => spendingLimit === undefined
    },
    means: 'A spending limit is on, or may be. When it is reached Azure stops the subscription, and the keys in it.',
    look: [
      'az rest --method get --url "/subscriptions/SUB?api-version=2022-12-01" --query subscriptionPolicies.spendingLimit'
    ],
    cure: ({ id, spendingLimit }) =>
      (spendingLimit === undefined
        ? `Look in the Azure portal (Subscriptions, ${id}) whether there is a spending limit; if there is none, override with what you ` +
          'saw. '
        : '') +
      `A spending limit can stop ${id} and with it the keys. Remove it for good (Azure portal, Cost Management + Billing, the ` +
      'subscription, Remove spending limit, “indefinitely”), then retry.',
    afterwards: retried,
    broken: [broken({ spendingLimit: 'On' }), broken({ spendingLimit: undefined })]
  },
  {
    code: 'foreign-resources',
    requirement: 'R12',
    on: 'subscription',
    expected: () => 'no resources but those of Customer Key',
    holds: ({ foreignResources }) => foreignResources.length === 0,
    describe: ({ foreignResources }) => foreignResourcesText(foreignResources),
    overridable: true,
    means:
      'The subscription holds resources that are none of Customer Key’s. Whoever administers those gets near the keys, and a ' +
      'subscription shared with other work is cancelled or moved more easily.',
    look: [
      'az resource list --subscription SUB --query "[].{type:type, name:name, group:resourceGroup}" --output table'
    ],
    cure: ({ id, foreignResources }) =>
      (foreignResources.some((each) => /\/providers\/Microsoft\.KeyVault\/vaults\//i.test(each))
        ? 'A key vault is among them: delete none whose keys anybody’s data may need, whatever its tags say. '
        : '') +
      `Use ${id} for Customer Key alone: move the other resources away (az resource move), or delete them if nobody needs them, ` +
      'and retry; or override with what they are and who looks after them.',
    afterwards: retried,
    broken: [broken({ foreignResources: ['RESOURCE_ID'] })]
  }
]

const foreignResourcesText = (resources: readonly string[]): string =>
  resources.length === 0
    ? 'no other resources'
    : `${resources.length} other: ${resources.slice(0, 3).join(', ')}${resources.length > 3 ? ', …' : ''}`
