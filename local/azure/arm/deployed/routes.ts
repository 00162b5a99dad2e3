import { checkApiVersion } from '../../core/router.ts'
import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { subscriptionOf } from '../authorization/role-views.ts'
import { resourceApiVersions } from '../resources/resource-groups.ts'
import { refuseVersion } from '../refuse-version.ts'
import { unknownType } from '../unknown-type.ts'
import { deployedResources, type DeployedRecord } from './records.ts'

/** What can be asked for, with its newest version: the extension first, since it stands below all others. */
const versions: Readonly<Record<string, string>> = {
  'Microsoft.Insights/diagnosticSettings': '2021-05-01-preview',
  'Microsoft.Web/sites': '2025-03-01',
  'Microsoft.Storage/storageAccounts': '2026-09-01',
  'Microsoft.Insights/scheduledQueryRules': '2026-03-01',
  'Microsoft.Insights/activityLogAlerts': '2026-01-01',
  'Microsoft.Insights/metricAlerts': '2026-01-01',
  'Microsoft.Insights/webtests': '2022-06-15',
  'Microsoft.Insights/actionGroups': '2023-01-01',
  'Microsoft.Communication/communicationServices': '2026-03-18',
  'Microsoft.Communication/emailServices': '2026-03-18',
  'Microsoft.Network/privateEndpoints': '2026-03-01',
  'Microsoft.Network/privateDnsZones': '2024-06-01'
}

/** Reads of what was deployed: lists and single resources. Where nothing was deployed, nobody knows these types. */
export const deployedRoutes = (): readonly Route[] =>
  reads.map((route) => {
    const { method, path, operation } = route
    return {
      method,
      path,
      operation,
      handle: (request, parameters, around) => {
        if (deployedResources(around.world).keys().length === 0) throw unknownType(request)
        checkApiVersion(route, request, refuseVersion)
        return route.handle(request, parameters, around)
      }
    }
  })

const reads: readonly Route[] = [
  {
    method: 'POST',
    path: '/{*site}/config/appsettings/list',
    operation: 'deployed.settings',
    apiVersions: [versions['Microsoft.Web/sites'] ?? ''],
    // A right of its own, which a Reader has not: settings hold secrets.
    handle: (request, { site = '' }, around) =>
      one(request, { id: `/${site}/config/appsettings`, action: 'Microsoft.Web/sites/config/list/action' }, around)
  },
  {
    method: 'GET',
    path: '/{*group}/resources',
    operation: 'deployed.listInGroup',
    apiVersions: resourceApiVersions,
    handle: (request, { group = '' }, around) => {
      const action = 'Microsoft.Resources/subscriptions/resourceGroups/read'
      const isTop = ({ id }: DeployedRecord): boolean =>
        /^\/[^/]+\/[^/]+\/[^/]+\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+$/i.test(id)
      return many(request, { within: `/${group}/providers/`, action, isMeant: isTop }, around)
    }
  },
  ...Object.entries(versions).flatMap(([type, version]): Route[] => [
    {
      method: 'GET',
      path: `/{*scope}/providers/${type}`,
      operation: 'deployed.list',
      apiVersions: [version],
      handle: (request, { scope = '' }, around) => {
        const within = `/${scope}/providers/${type}/`
        return many(request, { within, action: `${type}/read`, isMeant: isChildOf(within) }, around)
      }
    },
    {
      method: 'GET',
      path: `/{*scope}/providers/${type}/{*name}`,
      operation: 'deployed.get',
      apiVersions: [version],
      handle: (request, { scope = '', name = '' }, around) => {
        const id = `/${scope}/providers/${type}/${name}`
        const segments = name.split('/')
        const kinds = segments.filter((_, index) => index % 2 === 1)
        const action = [type, ...kinds, 'read'].join('/')
        if (segments.length % 2 === 1) return one(request, { id, action }, around)
        return many(request, { within: `${id}/`, action, isMeant: isChildOf(`${id}/`) }, around)
      }
    }
  ])
]

const isChildOf =
  (within: string) =>
  ({ id }: DeployedRecord): boolean =>
    !id.slice(within.length).includes('/')

function one(
  request: SimulatedRequest,
  { id, action }: { readonly id: string; readonly action: string },
  around: Surroundings
): SimulatedResponse {
  openSubscription(subscriptionOf(id), { request, around, action, scope: id })
  const found = deployedResources(around.world).get(id.toLowerCase())
  if (found) return { status: 200, json: found }
  throw new AzureError(404, 'ResourceNotFound', `The Resource '${id.split('/providers/').at(-1) ?? ''}' was not found.`)
}

interface Listed {
  /** What the ids of all begin with. */
  readonly within: string
  readonly action: string
  readonly isMeant: (resource: DeployedRecord) => boolean
}

function many(request: SimulatedRequest, { within, action, isMeant }: Listed, around: Surroundings): SimulatedResponse {
  const scope = within.replace(/\/providers\/[^/]*\/?[^/]*\/?$/, '')
  openSubscription(subscriptionOf(within), { request, around, action, scope })
  const all = deployedResources(around.world).values()
  return {
    status: 200,
    json: { value: all.filter((each) => each.id.toLowerCase().startsWith(within.toLowerCase())).filter(isMeant) }
  }
}
