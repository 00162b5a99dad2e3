import { AzureError, type Route } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { subscriptions, type SubscriptionRecord } from './records.ts'
import { regionNames } from './regions.ts'
import { hasAnyRole } from '../authorization/roles.ts'

const apiVersions = ['2016-06-01', '2019-11-01', '2020-01-01', '2021-01-01', '2021-10-01', '2022-12-01']

/** https://learn.microsoft.com/rest/api/resources/subscriptions */
export const subscriptionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions',
    operation: 'subscriptions.list',
    apiVersions,
    handle: ({ caller }, _parameters, { world }) => {
      const visible = subscriptions(world)
        .values()
        .filter(
          ({ id, tenantId }) =>
            caller?.tenantId === tenantId && hasAnyRole(world, caller.objectId, `/subscriptions/${id}`)
        )
      // Its definition asks for a link to the next page even on the last one, and Azure gives none there.
      const count = { type: 'Total', value: visible.length }
      return { status: 200, json: { value: visible.map(view), count } }
    }
  },
  {
    method: 'GET',
    path: '/subscriptions/{sub}',
    operation: 'subscriptions.get',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      const scope = `/subscriptions/${sub}`
      if (!isGuid(sub)) {
        throw new AzureError(
          400,
          'InvalidSubscriptionId',
          `The provided subscription identifier '${sub}' is malformed or invalid.`
        )
      }
      const action = 'Microsoft.Resources/subscriptions/read'
      return { status: 200, json: view(openSubscription(sub, { request, around, action, scope })) }
    }
  }
]

export const locationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{sub}/locations',
    operation: 'subscriptions.listLocations',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      const action = 'Microsoft.Resources/subscriptions/locations/read'
      openSubscription(sub, { request, around, action, scope: `/subscriptions/${sub}` })
      const value = regionNames.map((displayName) => {
        const name = displayName.toLowerCase().replaceAll(' ', '')
        return { id: `/subscriptions/${sub}/locations/${name}`, name, displayName, type: 'Region' }
      })
      return { status: 200, json: { value } }
    }
  }
]

function view(subscription: SubscriptionRecord): object {
  const { id, tenantId, displayName, state, quotaId, spendingLimit } = subscription
  return {
    id: `/subscriptions/${id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: id,
    tenantId,
    displayName,
    state,
    subscriptionPolicies: { locationPlacementId: 'Public_2014-09-01', quotaId, spendingLimit }
  }
}

function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
