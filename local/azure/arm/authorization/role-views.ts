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

export function assignmentView(assignment: RoleAssignmentRecord) {
  const { name, scope, roleDefinition, principalId, principalType, createdOn, createdBy, condition, description } =
    assignment
  const place = scope === '/' ? '' : scope
  return {
    properties: {
      roleDefinitionId: `${definitionPlaceOf(scope)}${provider}/roleDefinitions/${roleDefinition}`,
      principalId,
      principalType,
      scope,
      createdOn,
      updatedOn: createdOn,
      // Of the oldest assignments nobody is kept.
      createdBy: createdBy ?? '',
      updatedBy: createdBy ?? '',
      condition: condition ?? null,
      conditionVersion: condition === undefined ? null : '2.0',
      description: description ?? null,
      delegatedManagedIdentityResourceId: null
    },
    id: `${place}${provider}/roleAssignments/${name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name
  }
}

const madeOn = '2026-01-05T17:00:00.0000000Z'

export function definitionView(role: RoleDefinitionRecord, sub: string): object {
  const { name, roleType, actions, notActions, dataActions, notDataActions, ...described } = role
  return {
    properties: {
      ...described,
      type: roleType,
      permissions: [{ actions, notActions, dataActions, notDataActions }],
      createdOn: madeOn,
      updatedOn: madeOn,
      // Nobody made what is built in.
      createdBy: roleType === 'CustomRole' ? '' : null,
      updatedBy: roleType === 'CustomRole' ? '' : null
    },
    id: `/subscriptions/${sub}${provider}/roleDefinitions/${name}`,
    type: 'Microsoft.Authorization/roleDefinitions',
    name
  }
}
