import type { Route } from '../../core/service.ts'
import { tenants } from '../../graph/directory.ts'

/** Where az begins when nobody says which tenant. https://learn.microsoft.com/rest/api/resources/tenants/list */
export const tenantRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/tenants',
    operation: 'tenants.list',
    apiVersions: ['2016-06-01', '2019-11-01', '2020-01-01', '2021-01-01', '2022-12-01'],
    handle: ({ query }, _parameters, { world }) => {
      const isOld = query.get('api-version') === '2016-06-01' // which tells the ids alone
      const value = tenants(world)
        .values()
        .map(({ tenantId, displayName, domains }) => ({
          id: `/tenants/${tenantId}`,
          tenantId,
          ...(isOld
            ? {}
            : {
                displayName,
                domains: domains.map(({ id }) => id),
                defaultDomain: domains.find(({ isDefault }) => isDefault)?.id,
                tenantCategory: 'Home'
              })
        }))
      return { status: 200, json: { value } }
    }
  }
]
