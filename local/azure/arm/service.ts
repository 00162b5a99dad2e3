import type { Service } from '../core/service.ts'
import { deployedRoutes } from './deployed/routes.ts'
import { delegationRoutes } from './authorization/delegations.ts'
import { eligibilityRoutes } from './authorization/eligibility.ts'
import { exemptionRoutes } from './authorization/exemptions.ts'
import { activityLogRoute } from './activity-log.ts'
import { deleteGroupRoute } from './resources/delete-group.ts'
import { lockRoutes } from './authorization/locks.ts'
import { topicChangeRoutes } from '../eventgrid/topic-changes.ts'
import { eventSubscriptionRoutes } from '../eventgrid/event-subscriptions.ts'
import { systemTopicRoutes } from '../eventgrid/system-topics.ts'
import { accessPolicyRoutes } from './keyvault-management/access-policies.ts'
import { featureRoutes } from './features/features.ts'
import { mannered } from './manners.ts'
import { microsoftAgenda } from '../microsoft/approvals.ts'
import { paged } from './pages.ts'
import { policyRoutes } from './authorization/policies.ts'
import { providerRoutes } from './resources/providers.ts'
import { refuseToken } from './refuse-token.ts'
import { refuseVersion } from './refuse-version.ts'
import { replicated } from './replica.ts'
import { resourceGroupRoutes } from './resources/resource-groups.ts'
import { resourceRoutes } from './resources/resources.ts'
import { roleRoutes } from './authorization/role-assignments.ts'
import { locationRoutes, subscriptionRoutes } from './resources/subscriptions.ts'
import { tenantRoutes } from './resources/tenants.ts'
import { unknownType } from './unknown-type.ts'
import { vaultNameRoutes } from './keyvault-management/vault-names.ts'
import { vaultRoutes } from './keyvault-management/vaults.ts'

/** Azure Resource Manager, as far as an onboarding reaches. */
export const armService: Service = {
  name: 'arm',
  owns: (host) => host === 'management.azure.com',
  audiences: ['https://management.azure.com', 'https://management.core.windows.net'],
  routes: [
    ...tenantRoutes,
    ...subscriptionRoutes,
    ...locationRoutes,
    ...featureRoutes,
    ...vaultNameRoutes,
    ...accessPolicyRoutes,
    ...vaultRoutes,
    ...systemTopicRoutes,
    ...eventSubscriptionRoutes,
    ...topicChangeRoutes,
    ...lockRoutes,
    ...exemptionRoutes,
    activityLogRoute,
    deleteGroupRoute,
    ...policyRoutes,
    ...roleRoutes,
    ...eligibilityRoutes,
    ...delegationRoutes,
    ...resourceGroupRoutes,
    ...resourceRoutes,
    ...providerRoutes,
    ...deployedRoutes()
  ].map((route) => mannered(paged(replicated(route)))),
  errorBody: (code, message) => ({ error: { code, message } }),
  refuseToken,
  refuseVersion,
  unknown: unknownType,
  agenda: microsoftAgenda
}
