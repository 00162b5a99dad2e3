import { AzureError, type Route, type Service, type Surroundings } from '../core/service.ts'
import { requireDirectoryWriter, requireGraphRole } from './authorize.ts'
import { servicePrincipals, tenants, users, type TenantRecord } from './directory.ts'
import { groupRoutes } from './group-routes.ts'
import { azRoutes, createServicePrincipal } from './by-az.ts'
import { graphErrorBody, refuseToken } from './errors.ts'
import { byDefault, mannered } from './manners.ts'
import { paged } from './pages.ts'
import { chosen, list, one } from './replies.ts'
import { standingRoutes } from './standing-routes.ts'
import { filterOfUsers, shownUser } from './user-filter.ts'

/** Microsoft Graph v1.0, as far as an onboarding looks. https://learn.microsoft.com/graph/api/overview */
const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1.0/subscribedSkus',
    operation: 'subscribedSkus.list',
    handle: (request, _parameters, around) => {
      requireGraphRole(request, ['Organization.Read.All', 'Directory.Read.All', 'LicenseAssignment.Read.All'], around)
      const { tenantId, skus } = tenantOf(around)
      return list(
        'subscribedSkus',
        skus.map((sku) => ({ id: `${tenantId}_${sku.skuId}`, appliesTo: 'User', ...sku }))
      )
    }
  },
  {
    method: 'GET',
    path: '/v1.0/organization',
    operation: 'organization.list',
    handle: (request, _parameters, around) => {
      requireGraphRole(request, ['Organization.Read.All', 'Directory.Read.All'], around)
      const { tenantId, displayName, domains } = tenantOf(around)
      const verifiedDomains = domains
        .filter(({ isVerified }) => isVerified)
        .map(({ id, isDefault, isInitial }) => ({
          name: id,
          isDefault,
          isInitial,
          type: 'Managed',
          capabilities: 'Email'
        }))
      return list('organization', [chosen(request, { id: tenantId, displayName, verifiedDomains })])
    }
  },
  {
    method: 'GET',
    path: '/v1.0/domains',
    operation: 'domains.list',
    handle: (request, _parameters, around) => {
      requireGraphRole(request, ['Domain.Read.All', 'Directory.Read.All'], around)
      return list(
        'domains',
        tenantOf(around).domains.map((domain) => chosen(request, domain))
      )
    }
  },
  {
    method: 'GET',
    path: "/v1.0/servicePrincipals(appId='{appId}')",
    operation: 'servicePrincipals.get',
    handle: (request, { appId = '' }, around) => {
      requireGraphRole(request, ['Application.Read.All', 'Directory.Read.All'], around)
      const { visibleAt = 0, ...found } = servicePrincipals(around.world).get(appId.toLowerCase()) ?? {}
      const isThere = 'id' in found && visibleAt <= around.clock.now()
      return one(request, 'servicePrincipals', isThere ? { accountEnabled: true, ...found } : undefined, appId)
    }
  },
  {
    method: 'POST',
    path: '/v1.0/servicePrincipals',
    operation: 'servicePrincipals.create',
    // Creating one takes Application.ReadWrite.All, which the app must never hold; an administrator may, as themselves.
    handle: (request, _parameters, around) => {
      requireDirectoryWriter(request, around)
      return createServicePrincipal(request, around)
    }
  },
  {
    method: 'GET',
    path: '/v1.0/users/{user}',
    operation: 'users.get',
    handle: (request, { user = '' }, around) => {
      requireGraphRole(request, ['User.Read.All', 'Directory.Read.All', 'User.ReadBasic.All'], around)
      const known = users(around.world)
      const found = known.get(user.toLowerCase()) ?? known.values().find(({ id }) => id === user.toLowerCase())
      return one(request, 'users', found && byDefault(request, shownUser(found)), user)
    }
  },
  {
    method: 'GET',
    path: '/v1.0/users',
    operation: 'users.list',
    handle: (request, _parameters, around) => {
      requireGraphRole(request, ['User.Read.All', 'Directory.Read.All', 'User.ReadBasic.All'], around)
      const isMeant = filterOfUsers(request.query.get('$filter') ?? '')
      const found = users(around.world).values().filter(isMeant)
      return list(
        'users',
        found.map((each) => chosen(request, byDefault(request, shownUser(each))))
      )
    }
  },
  ...standingRoutes,
  ...azRoutes
]

export const graphService: Service = {
  name: 'graph',
  owns: (host) => host === 'graph.microsoft.com',
  audiences: ['https://graph.microsoft.com'],
  routes: [...routes.map(paged), ...groupRoutes].map(mannered),
  errorBody: graphErrorBody,
  refuseToken,
  unknown: ({ path }) =>
    new AzureError(400, 'BadRequest', `Resource not found for the segment '${path.split('/').at(-1)}'.`)
}

function tenantOf({ world }: Surroundings): TenantRecord {
  const tenant = tenants(world).get('tenant')
  if (tenant === undefined) throw new Error('The simulated Azure has no tenant. Seed it when it starts.')
  return tenant
}
