import { always, never, type Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import type { Slot } from '../terms/evidence.ts'
import { roleName } from '../terms/role-names.ts'
import { offerStanding } from './subscription-offers.ts'

/** One subscription as Azure shows it. */
export interface SubscriptionSeen {
  readonly id: string
  readonly displayName: string
  /** `Enabled`, `Warned`, `PastDue`, `Disabled` or `Deleted`. */
  readonly state: string
  readonly tenantId: string
  /** e.g. `EnterpriseAgreement_2014-09-01`: names the offer. */
  readonly quotaId: string
  /** `On`, `Off` or `CurrentPeriodOff`. */
  readonly spendingLimit: string | undefined
  /** Registration of Microsoft.KeyVault, e.g. `Registered`. */
  readonly keyVaultProvider: string
  /** Resource ids of everything in it that is not ours. */
  readonly foreignResources: readonly string[]
  readonly expectedTenantId: string
}

/** Whether a slot's identity could read its subscription at all. */
export interface SubscriptionAccess {
  readonly id: string
  readonly slot: Slot
  readonly namePrefix: string
  /** What Azure refused; undefined where it did not. */
  readonly refusal: string | undefined
}

/** Azure tells whoever has no role in a subscription that there is none (R7). */
export const subscriptionAccessChecks: readonly Check<SubscriptionAccess>[] = [
  {
    code: 'subscription-readable',
    requirement: 'R7',
    expected: 'the identity of the slot may read the subscription',
    holds: ({ refusal }) => refusal === undefined,
    describe: ({ refusal }) => refusal ?? 'it may',
    remedy: ({ id, slot, namePrefix }) =>
      `Look whether ${id} is the right id; if not, start anew with the right one. If it is, the identity slot-${slot} has no role ` +
      `there yet: deploy infra/slot.bicep with settingUp=true in it, which gives "${roleName('setup', namePrefix, slot)}" ` +
      'and the guard role, wait some minutes, then retry.',
    overridable: never
  }
]

export const subscriptionChecks: readonly Check<SubscriptionSeen>[] = [
  {
    code: 'subscription-enabled',
    requirement: 'R7',
    expected: 'state Enabled',
    holds: ({ state }) => state === 'Enabled',
    describe: ({ state }) => `state ${state}`,
    remedy: ({ id }) => `Have the billing owner of ${id} settle or re-enable it in the Azure portal, then retry.`,
    overridable: never
  },
  {
    code: 'provider-registered',
    requirement: 'R7',
    expected: 'Microsoft.KeyVault is Registered',
    holds: ({ keyVaultProvider }) => keyVaultProvider === 'Registered',
    describe: ({ keyVaultProvider }) => `Microsoft.KeyVault is ${keyVaultProvider || 'of no state'}`,
    remedy: ({ id }) =>
      `Run Set-AzContext -SubscriptionId ${id} and Register-AzResourceProvider -ProviderNamespace Microsoft.KeyVault, wait ` +
      'until it shows Registered, then retry.',
    overridable: never
  },
  {
    code: 'subscription-tenant',
    requirement: 'R8',
    expected: 'the tenant of the organization',
    holds: ({ tenantId, expectedTenantId }) => sameText(tenantId, expectedTenantId),
    describe: ({ tenantId }) => `tenant ${tenantId}`,
    remedy: ({ id, expectedTenantId }) =>
      `Keys can only be authorised for applications of their own tenant. Move ${id} to tenant ${expectedTenantId}, ` +
      'or start anew with a subscription of that tenant.',
    overridable: never
  },
  {
    code: 'offer-type',
    requirement: 'R2',
    expected: 'a paid offer: Enterprise Agreement, Pay-As-You-Go or Cloud Solution Provider',
    holds: ({ quotaId }) => offerStanding(quotaId) === 'paid',
    describe: ({ quotaId }) => `quota id ${quotaId}: ${offerStanding(quotaId).replace('-', ' ')}`,
    remedy: ({ id, quotaId }) =>
      offerStanding(quotaId) === 'not-eligible'
        ? `Microsoft does not accept this offer. Move ${id} to a paid offer, or start anew with a paid subscription.`
        : `Ask Microsoft whether the offer of ${id} is accepted. If it is, override with their answer as the reason.`,
    overridable: ({ quotaId }) => offerStanding(quotaId) !== 'not-eligible'
  },
  {
    code: 'spending-limit',
    requirement: 'R2',
    expected: 'spending limit Off',
    holds: ({ spendingLimit }) => spendingLimit === 'Off',
    describe: ({ spendingLimit }) => `spending limit ${spendingLimit ?? 'unknown'}`,
    remedy: ({ id }) =>
      `A spending limit can stop ${id} and with it the keys. Remove it for good in the Azure portal, then retry.`,
    overridable: ({ spendingLimit }) => spendingLimit === undefined
  },
  {
    code: 'foreign-resources',
    requirement: 'R12',
    expected: 'no resources but those of Customer Key',
    holds: ({ foreignResources }) => foreignResources.length === 0,
    describe: ({ foreignResources }) => foreignResourcesText(foreignResources),
    remedy: ({ id }) =>
      `Use ${id} for Customer Key alone: move the other resources away and retry, or override with why they stay.`,
    overridable: always
  }
]

const foreignResourcesText = (resources: readonly string[]): string =>
  resources.length === 0
    ? 'no other resources'
    : `${resources.length} other: ${resources.slice(0, 3).join(', ')}${resources.length > 3 ? ', …' : ''}`
