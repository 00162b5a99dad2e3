import {
  AzureError, type Route, type SimulatedRequest, type SimulatedResponse, type Surroundings
} from '../core/service.ts'
import { openSubscription } from './authorize.ts'
import {
  isWithin, roleAssignments, roleDefinitions, type RoleAssignmentRecord, type RoleDefinitionRecord
} from './roles.ts'

const apiVersions = ['2015-07-01', '2018-07-01', '2020-04-01-preview', '2022-04-01', '2022-05-01-preview']
const provider = '/providers/Microsoft.Authorization'

/** https://learn.microsoft.com/rest/api/authorization */
export const roleRoutes: readonly Route[] = [
  {
    method: 'GET', path: `/{*scope}${provider}/roleAssignments`, operation: 'roleAssignments.listForScope', apiVersions,
    handle: (request, { scope = '' }, around) => listAssignments(request, `/${scope}`, around)
  },
  {
    method: 'GET', path: `/{*scope}${provider}/roleDefinitions/{role}`, operation: 'roleDefinitions.get', apiVersions,
    handle: (request, { scope = '', role = '' }, around) => definition(request, { scope: `/${scope}`, role }, around)
  }
]

function listAssignments(request: SimulatedRequest, scope: string, around: Surroundings): SimulatedResponse {
  const action = 'Microsoft.Authorization/roleAssignments/read'
  openSubscription(subscriptionOf(scope), { request, around, action, scope })
  const chosen = chooser(request.query.get('$filter'), scope)
  return { status: 200, json: { value: roleAssignments(around.world).values().filter(chosen).map(assignmentView) } }
}

/** Without a filter the list holds what is above, at and below the scope; `atScope()` leaves out what is below. */
function chooser(filter: string | undefined, scope: string): (assignment: RoleAssignmentRecord) => boolean {
  const above = (assignment: RoleAssignmentRecord) => isWithin(scope, assignment.scope)
  if (filter === undefined || filter === '') return assignment => above(assignment) || isWithin(assignment.scope, scope)
  if (filter === 'atScope()') return above
  const principal = /^(?:assignedTo\('([^']+)'\)|principalId eq '([^']+)')$/i.exec(filter)
  const id = (principal?.[1] ?? principal?.[2])?.toLowerCase()
  if (id === undefined) throw new AzureError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`)
  return assignment => assignment.principalId.toLowerCase() === id
    && (above(assignment) || isWithin(assignment.scope, scope))
}

function definition(
  request: SimulatedRequest, { scope, role }: { readonly scope: string, readonly role: string }, around: Surroundings
): SimulatedResponse {
  const sub = subscriptionOf(scope)
  openSubscription(sub, { request, around, action: 'Microsoft.Authorization/roleDefinitions/read', scope })
  const found = roleDefinitions(around.world).get(role.toLowerCase())
  if (found !== undefined) return { status: 200, json: definitionView(found, sub) }
  throw new AzureError(404, 'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${role}' does not exist.`)
}

function subscriptionOf(scope: string): string {
  const sub = /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1]
  if (sub !== undefined) return sub
  throw new AzureError(404, 'NotFound', `The scope '${scope}' is not simulated: it must lie in a subscription.`)
}

function assignmentView(assignment: RoleAssignmentRecord): object {
  const { name, scope, roleDefinition, principalId, principalType, createdOn } = assignment
  const place = scope === '/' ? '' : scope
  const definitionPlace = scope === '/' ? '' : `/subscriptions/${subscriptionOf(scope)}`
  return {
    properties: {
      roleDefinitionId: `${definitionPlace}${provider}/roleDefinitions/${roleDefinition}`,
      principalId, principalType, scope, createdOn, updatedOn: createdOn
    },
    id: `${place}${provider}/roleAssignments/${name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name
  }
}

function definitionView(role: RoleDefinitionRecord, sub: string): object {
  const { name, roleType, actions, notActions, dataActions, notDataActions, ...described } = role
  return {
    properties: { ...described, type: roleType, permissions: [{ actions, notActions, dataActions, notDataActions }] },
    id: `/subscriptions/${sub}${provider}/roleDefinitions/${name}`,
    type: 'Microsoft.Authorization/roleDefinitions',
    name
  }
}
