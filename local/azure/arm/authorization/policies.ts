import { AzureError, type Route, type SimulatedResponse, type Surroundings } from '../../core/service.ts'
import type { Collection, World } from '../../core/world.ts'
import { countArmRequest } from '../throttle.ts'
import { openSubscription } from './authorize.ts'

/** An assignment, an exemption or a definition of Azure Policy as ARM answers it. Nothing here enforces them. */
export interface PolicyRecord {
  /** ARM id; an assignment and an exemption hold where it begins. */
  readonly id: string
  readonly name: string
  /** Only where it acts as an identity of its own. */
  readonly location?: string
  readonly identity?: object
  readonly properties: object
}

/** All by ARM id, lower case. */
export const policyAssignments = (world: World): Collection<PolicyRecord> => world.collection('policy-assignments')
export const policyExemptions = (world: World): Collection<PolicyRecord> => world.collection('policy-exemptions')
export const policyDefinitions = (world: World): Collection<PolicyRecord> => world.collection('policy-definitions')

const provider = '/providers/Microsoft.Authorization'
export const exemptionVersions = ['2020-07-01-preview', '2022-07-01-preview']
const apiVersions = ['2021-06-01', '2022-06-01', '2023-04-01']

/** https://learn.microsoft.com/rest/api/policyauthorization */
export const policyRoutes: readonly Route[] = [
  listRoute('policyAssignments', policyAssignments, apiVersions),
  listRoute('policyExemptions', policyExemptions, exemptionVersions),
  definitionRoute('policyDefinitions', 'get'),
  definitionRoute('policyDefinitions', 'getBuiltIn'),
  definitionRoute('policySetDefinitions', 'get'),
  definitionRoute('policySetDefinitions', 'getBuiltIn')
]

function listRoute(
  type: string,
  records: (world: World) => Collection<PolicyRecord>,
  versions: readonly string[]
): Route {
  return {
    method: 'GET',
    path: `/subscriptions/{sub}${provider}/${type}`,
    operation: `${type}.list`,
    apiVersions: versions,
    handle: (request, { sub = '' }, around) => {
      const scope = `/subscriptions/${sub}`
      openSubscription(sub, { request, around, action: `Microsoft.Authorization/${type}/read`, scope })
      const value = records(around.world)
        .values()
        .filter(({ id }) => isListed(id, scope, request.query.get('$filter')))
      return {
        status: 200,
        json: { value: value.map((each) => ({ ...each, type: `Microsoft.Authorization/${type}` })) }
      }
    }
  }
}

/** Azure's own definitions lie outside any subscription and are everybody's to read. */
function definitionRoute(type: string, verb: 'get' | 'getBuiltIn'): Route {
  const place = verb === 'get' ? '/subscriptions/{sub}' : ''
  return {
    method: 'GET',
    path: `${place}${provider}/${type}/{name}`,
    operation: `${type}.${verb}`,
    apiVersions,
    handle: (request, { sub, name = '' }, around) => {
      const scope = sub === undefined ? '' : `/subscriptions/${sub}`
      if (sub === undefined) countArmRequest('', request, around)
      else openSubscription(sub, { request, around, action: `Microsoft.Authorization/${type}/read`, scope })
      return found(`${scope}${provider}/${type}/${name}`, { type, around })
    }
  }
}

function found(
  id: string,
  { type, around }: { readonly type: string; readonly around: Surroundings }
): SimulatedResponse {
  const record = policyDefinitions(around.world).get(id.toLowerCase())
  if (record !== undefined) return { status: 200, json: { ...record, type: `Microsoft.Authorization/${type}` } }
  const code = type === 'policySetDefinitions' ? 'PolicySetDefinitionNotFound' : 'PolicyDefinitionNotFound'
  throw new AzureError(
    404,
    code,
    `The policy ${code.includes('Set') ? 'set ' : ''}definition '${id}' could not be found.`
  )
}

/**
 * What a list of a subscription has: without a filter all that holds above, in and below it, and with one a part of that. Every
 * subscription here is in every management group. https://learn.microsoft.com/rest/api/policyauthorization/policy-assignments/list
 */
function isListed(id: string, scope: string, filter = ''): boolean {
  const isThere = id.toLowerCase().startsWith(`${scope.toLowerCase()}${provider.toLowerCase()}/`)
  const isBelow = !isThere && id.toLowerCase().startsWith(`${scope.toLowerCase()}/`)
  const isAbove = /^\/providers\/microsoft\.management\//i.test(id)
  if (filter === '') return isAbove || isThere || isBelow
  if (filter === 'atScope()') return isAbove || isThere
  if (filter === 'atExactScope()') return isThere
  throw new AzureError(
    400,
    'InvalidFilterInQueryString',
    `The filter '${filter}' is not one of those that are simulated.`
  )
}
