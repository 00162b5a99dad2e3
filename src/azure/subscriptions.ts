import type { Reading } from '../domain/terms/reading.ts'
import { ResourceManagementClient } from '@azure/arm-resources'
import { SubscriptionClient } from '@azure/arm-resources-subscriptions'
import type { Subscription } from '../domain/resources/subscription.ts'
import { createAsk, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily, once } from '../lazily.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { needed } from './answers/misfit.ts'
import { alertsMissing, foreignAmong, type ListedResource, type OwnResources } from '../domain/terms/own-resource.ts'

export type Subscriptions = ReturnType<typeof createSubscriptions>

export function createSubscriptions(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const subscriptions = once(() => new SubscriptionClient(connection.credential, clientOptions(connection)))
  const resources = lazily((id) => new ResourceManagementClient(connection.credential, id, clientOptions(connection)))
  return {
    /** State, tenant and offer type of one subscription (R2, R7, R8). */
    get: async (id: string): Promise<Reading<Subscription>> =>
      ask('GET subscription', async (to) => {
        const found = await subscriptions().subscriptions.get(id, to('subscriptions.get'))
        return {
          id,
          displayName: found.displayName ?? '',
          state: needed(found.state, 'the state of the subscription'),
          tenantId: needed(found.tenantId, 'the tenant of the subscription'),
          quotaId: found.subscriptionPolicies?.quotaId ?? '', // an unknown offer is a finding
          spendingLimit: found.subscriptionPolicies?.spendingLimit
        }
      }),

    /**
     * Of all that is in it: the ids of what neither an onboarding nor the slot's deployment made, of which there should be none
     * (R12), and the alerts that this deployment should have made and that are not there.
     */
    resources: (id: string, own: OwnResources): Promise<Reading<{ foreign: string[]; alertsMissing: string[] }>> =>
      ask('LIST resources', async (to) => {
        const listed: ListedResource[] = []
        for await (const resource of resources(id).resources.list(to('resources.list')))
          listed.push({ id: needed(resource.id, 'the id of a resource'), type: resource.type ?? '' })
        const account = accountOf(connection.config.stores[connection.identity])
        return { foreign: foreignAmong(listed, own, account), alertsMissing: alertsMissing(listed, account) }
      }),

    /** Where in the subscription a vault of this name is, by ARM id: it may have been moved to another group. */
    vaultNamed: (id: string, vaultName: string): Promise<Reading<string | undefined>> =>
      ask('LIST resources', async (to) => {
        const filter = "resourceType eq 'Microsoft.KeyVault/vaults'"
        for await (const resource of resources(id).resources.list({ ...to('resources.list'), filter }))
          if (sameText(resource.id?.split('/').at(-1) ?? '', vaultName)) return resource.id
        return undefined
      })
  }
}

/** Its blob endpoint names a storage account, whose name no other has. */
const accountOf = (storeUrl: string): string => new URL(storeUrl).hostname.split('.', 1)[0] ?? ''
