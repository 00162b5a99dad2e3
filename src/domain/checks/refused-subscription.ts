import * as causes from './subscription-causes.ts'
import { causeOfSubscription, inSubscription, refusedCheck } from './refused-check.ts'
import { cureOfRefusal } from './subscription-states.ts'

const account = 'az account show --subscription SUB --query "{name:name, state:state, tenant:tenantId}"'

/** https://learn.microsoft.com/azure/cost-management-billing/manage/subscription-disabled */
export const disabledCheck = refusedCheck({
  code: 'subscription-disabled',
  requirement: 'R7',
  on: 'subscription',
  expected: 'a subscription that is enabled',
  says: 'Azure Resource Manager found a conflict (409 ReadOnlyDisabledSubscription)',
  means:
    'Azure takes no change in the subscription: it is disabled, past due or cancelled, whatever it was when preflight looked. One ' +
    'that stays so is deleted after some time, and the keys in it with it.',
  cause: causeOfSubscription(causes.disabled),
  look: [account],
  cure: ({ place: { subscriptionId = 'the subscription' } }) => cureOfRefusal(subscriptionId)
})

export const unseenCheck = refusedCheck({
  code: 'subscription-unseen',
  requirement: 'R7',
  on: 'subscription',
  expected: 'a subscription that the identity of its slot sees',
  says: 'Azure Resource Manager did not find what was asked for (404 SubscriptionNotFound)',
  means:
    'Azure shows the identity of the slot no such subscription: every role there was taken from it, the subscription was deleted, ' +
    'or it was moved to another tenant. Azure answers all alike.',
  cause: causeOfSubscription(causes.unseen),
  look: [
    'az account list --all --query "[].{id:id, name:name, state:state, tenant:tenantId}" --output table',
    'az role assignment list --subscription SUB --assignee SLOT_IDENTITY --all --output table'
  ],
  cure: ({ identity, place: { subscriptionId = 'the subscription' } }) =>
    `Look where ${subscriptionId} is and in which state. If it is there and enabled, the identity ${identity} lost its roles: ` +
    'deploy infra/slot.bicep in it again, wait some minutes, then retry. If it is gone or elsewhere, nothing here replaces it: ' +
    'cancel, and start anew with another.'
})

/** Microsoft's word for it: get a token of the tenant that the account belongs to. The rest by what a moved one answers. */
export const otherTenantCheck = refusedCheck({
  code: 'other-tenant',
  requirement: 'R8',
  on: 'subscription',
  expected: 'a subscription of the organization’s tenant',
  says: 'Azure Resource Manager refused (401 InvalidAuthenticationTokenTenant)',
  means:
    'What was asked about belongs to another tenant than the app’s identities, by Azure’s own word. A vault authorises only ' +
    'applications of its own tenant, so Microsoft 365 could never use keys there. No role that could be given cures it.',
  cause: causeOfSubscription(causes.elsewhere),
  look: [account],
  cure: ({ place: { subscriptionId, vault } }) =>
    `Move ${subscriptionId ?? (vault ? `the subscription of ${vault}` : 'the subscription')} to the organization’s tenant (Azure portal, ` +
    'Subscriptions, Change directory; role assignments are lost on the way: deploy infra/slot.bicep again), or cancel and start ' +
    'anew with a subscription of that tenant. After a move Azure may take an hour to know it. Then retry.'
})

export const providerMissingCheck = refusedCheck({
  code: 'provider-missing',
  requirement: 'R7',
  on: 'subscription',
  expected: 'the resource provider registered in the subscription',
  says: "Azure Resource Manager found a conflict (409 MissingSubscriptionRegistration): not registered to use namespace 'NAMESPACE'",
  means:
    'The subscription is not registered with the resource provider that the step needs. Somebody took the registration back, or it ' +
    'was never made.',
  cause: (refused) => causeOfSubscription((id) => causes.unregistered(id, refused.obstacle))(refused),
  look: ['az provider list --subscription SUB --query "[].{name:namespace, state:registrationState}" --output table'],
  cure: (refused) => {
    const { obstacle = 'Microsoft.KeyVault' } = refused
    return (
      `Run az provider register --namespace ${obstacle}${inSubscription(refused)} --wait (Register-AzResourceProvider ` +
      `-ProviderNamespace ${obstacle}), wait until it shows Registered, then retry.`
    )
  },
  example: { obstacle: 'NAMESPACE' }
})
