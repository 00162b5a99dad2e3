import { AzureError } from '../../core/service.ts'
import { isAbove, type RoleAssignmentRecord, type RoleDefinitionRecord } from './roles.ts'

export const provider = '/providers/Microsoft.Authorization'

export function subscriptionOf(scope: string): string {
  const sub = /^\/subscriptions\/([^/]+)/i.exec(scope)?.[1]
  if (sub !== undefined) return sub
  throw new AzureError(404, 'NotFound', `The scope '${scope}' is not simulated: it must lie in a subscription.`)
}

/** Where a definition is said to be that is given at a scope. */
export const definitionPlaceOf = (scope: string): string =>
  isAbove(scope) ? '' : `/subscriptions/${subscriptionOf(scope)}`

export function assignmentView(assignment: RoleAssignmentRecord): object {
  const { name, scope, roleDefinition, principalId, principalType, createdOn, createdBy, condition } = assignment
  const place = scope === '/' ? '' : scope
  return {
    properties: {
      roleDefinitionId: `${definitionPlaceOf(scope)}${provider}/roleDefinitions/${roleDefinition}`,
      principalId,
      principalType,
      scope,
      createdOn,
      updatedOn: createdOn,
      ...(createdBy === undefined ? {} : { createdBy, updatedBy: createdBy }),
      ...(condition === undefined ? {} : { condition, conditionVersion: '2.0' })
    },
    id: `${place}${provider}/roleAssignments/${name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name
  }
}

export function definitionView(role: RoleDefinitionRecord, sub: string): object {
  const { name, roleType, actions, notActions, dataActions, notDataActions, ...described } = role
  return {
    properties: { ...described, type: roleType, permissions: [{ actions, notActions, dataActions, notDataActions }] },
    id: `/subscriptions/${sub}${provider}/roleDefinitions/${name}`,
    type: 'Microsoft.Authorization/roleDefinitions',
    name
  }
}
