import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../../core/service.ts'
import type { World } from '../../core/world.ts'
import { identitiesOf } from '../../graph/groups.ts'
import { openSubscription } from './authorize.ts'
import { giveRole, noSuchRole } from './give-role.ts'
import { assignmentView, definitionView, provider, subscriptionOf } from './role-views.ts'
import { isWithin, roleAssignments, roleDefinitions, type RoleAssignmentRecord } from './roles.ts'

const apiVersions = [
  '2015-07-01',
  '2018-01-01-preview',
  '2018-07-01',
  '2020-04-01-preview',
  '2022-04-01',
  '2022-05-01-preview'
]

/** https://learn.microsoft.com/rest/api/authorization */
export const roleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/{*scope}${provider}/roleAssignments`,
    operation: 'roleAssignments.listForScope',
    apiVersions,
    handle: (request, { scope = '' }, around) => listAssignments(request, `/${scope}`, around)
  },
  {
    method: 'PUT',
    path: `/{*scope}${provider}/roleAssignments/{name}`,
    operation: 'roleAssignments.create',
    apiVersions,
    handle: (request, { scope = '', name = '' }, around) => giveRole(request, { scope: `/${scope}`, name }, around)
  },
  {
    method: 'DELETE',
    path: `/{*scope}${provider}/roleAssignments/{name}`,
    operation: 'roleAssignments.delete',
    apiVersions,
    handle: (request, { scope: asked = '', name = '' }, around) => {
      const scope = `/${asked}`
      const action = 'Microsoft.Authorization/roleAssignments/delete'
      openSubscription(subscriptionOf(scope), { request, around, action, scope })
      const found = roleAssignments(around.world).get(name.toLowerCase())
      if (!found) return { status: 204 }
      roleAssignments(around.world).delete(name.toLowerCase())
      return { status: 200, json: assignmentView(found) }
    }
  },
  {
    method: 'GET',
    path: `/{*scope}${provider}/roleDefinitions`,
    operation: 'roleDefinitions.list',
    apiVersions,
    handle: (request, { scope = '' }, around) => listDefinitions(request, `/${scope}`, around)
  },
  {
    method: 'GET',
    path: `/{*scope}${provider}/roleDefinitions/{role}`,
    operation: 'roleDefinitions.get',
    apiVersions,
    handle: (request, { scope = '', role = '' }, around) => definition(request, { scope: `/${scope}`, role }, around)
  }
]

function listAssignments(request: SimulatedRequest, scope: string, around: Surroundings): SimulatedResponse {
  const action = 'Microsoft.Authorization/roleAssignments/read'
  openSubscription(subscriptionOf(scope), { request, around, action, scope })
  const chosen = chooser(request.query.get('$filter'), scope, around.world)
  return { status: 200, json: { value: roleAssignments(around.world).values().filter(chosen).map(assignmentView) } }
}

/**
 * Without a filter the list holds what is above, at and below the scope; `atScope()` leaves out what is below, and
 * `assignedTo` has what groups hold for their members, however deep.
 * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
 */
function chooser(
  filter: string | undefined,
  scope: string,
  world: World
): (assignment: RoleAssignmentRecord) => boolean {
  const above = (assignment: RoleAssignmentRecord) => isWithin(scope, assignment.scope)
  if (filter === undefined || filter === '')
    return (assignment) => above(assignment) || isWithin(assignment.scope, scope)
  if (filter === 'atScope()') return above
  const principal = /^(?:assignedTo\('([^']+)'\)|principalId eq '([^']+)')$/i.exec(filter)
  const [, member, holder = member] = principal ?? []
  if (holder === undefined) throw new AzureError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`)
  const ids = (member === undefined ? [holder] : identitiesOf(world, member)).map((id) => id.toLowerCase())
  return (assignment) =>
    ids.includes(assignment.principalId.toLowerCase()) && (above(assignment) || isWithin(assignment.scope, scope))
}

/** The roles that can be assigned at the scope: Azure's own, and those made for it. */
function listDefinitions(request: SimulatedRequest, scope: string, around: Surroundings): SimulatedResponse {
  const sub = subscriptionOf(scope)
  openSubscription(sub, { request, around, action: 'Microsoft.Authorization/roleDefinitions/read', scope })
  const filter = request.query.get('$filter')
  const type = filter === undefined ? undefined : /^type eq '(CustomRole|BuiltInRole)'$/i.exec(filter)?.[1]
  const named = filter === undefined ? undefined : /^roleName eq '([^']+)'$/i.exec(filter)?.[1]
  if (filter !== undefined && type === undefined && named === undefined) {
    throw new AzureError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`)
  }
  const found = roleDefinitions(around.world)
    .values()
    .filter(({ assignableScopes }) => assignableScopes.some((each) => isWithin(scope, each)))
    .filter(({ roleType }) => type === undefined || roleType === type)
    .filter(({ roleName }) => named === undefined || roleName.toLowerCase() === named.toLowerCase())
  return { status: 200, json: { value: found.map((each) => definitionView(each, sub)) } }
}

function definition(
  request: SimulatedRequest,
  { scope, role }: { readonly scope: string; readonly role: string },
  around: Surroundings
): SimulatedResponse {
  const sub = subscriptionOf(scope)
  openSubscription(sub, { request, around, action: 'Microsoft.Authorization/roleDefinitions/read', scope })
  const found = roleDefinitions(around.world).get(role.toLowerCase())
  if (found !== undefined) return { status: 200, json: definitionView(found, sub) }
  throw noSuchRole(role)
}
