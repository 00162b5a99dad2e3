import { AzureError, type Service } from '../core/service.ts'
import { eventSubscriptionRoutes } from '../eventgrid/event-subscriptions.ts'
import { systemTopicRoutes } from '../eventgrid/system-topics.ts'
import { accessPolicyRoutes } from './access-policies.ts'
import { featureRoutes } from './features.ts'
import { microsoftAgenda } from './microsoft.ts'
import { policyRoutes } from './policies.ts'
import { providerRoutes } from './providers.ts'
import { resourceGroupRoutes } from './resource-groups.ts'
import { resourceRoutes } from './resources.ts'
import { roleRoutes } from './role-assignments.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { vaultNameRoutes } from './vault-names.ts'
import { vaultRoutes } from './vaults.ts'

/** Azure Resource Manager, as far as an onboarding reaches. */
export const armService: Service = {
  name: 'arm',
  owns: (host) => host === 'management.azure.com',
  audiences: ['https://management.azure.com', 'https://management.core.windows.net'],
  routes: [
    ...subscriptionRoutes,
    ...featureRoutes,
    ...vaultNameRoutes,
    ...accessPolicyRoutes,
    ...vaultRoutes,
    ...systemTopicRoutes,
    ...eventSubscriptionRoutes,
    ...policyRoutes,
    ...roleRoutes,
    ...resourceGroupRoutes,
    ...resourceRoutes,
    ...providerRoutes
  ],
  errorBody: (code, message) => ({ error: { code, message } }),
  unknown: ({ method, path, query }) => {
    const named = /\/providers\/([^/]+)\/([^/]+)/i.exec(path)
    if (named === null) return new AzureError(404, 'NotFound', `There is no operation ${method} ${path}.`)
    return new AzureError(
      404,
      'InvalidResourceType',
      `The resource type '${named[2]}' could not be found in the namespace '${named[1]}' for api version ` +
        `'${query.get('api-version') ?? ''}'.`
    )
  },
  agenda: microsoftAgenda
}
