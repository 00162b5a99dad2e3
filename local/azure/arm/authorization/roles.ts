import type { Collection, World } from '../../core/world.ts'
import { identitiesOf } from '../../graph/groups.ts'

export interface RoleDefinitionRecord {
  /** GUID. */
  readonly name: string
  readonly roleName: string
  readonly roleType: 'BuiltInRole' | 'CustomRole'
  readonly description: string
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
  readonly assignableScopes: readonly string[]
}

/** By GUID, lower-case. */
export function roleDefinitions(world: World): Collection<RoleDefinitionRecord> {
  return world.collection('role-definitions')
}

export interface RoleAssignmentRecord {
  /** GUID. */
  readonly name: string
  /** Where it holds, and everywhere below, e.g. `/subscriptions/…`. */
  readonly scope: string
  /** GUID of the definition. */
  readonly roleDefinition: string
  readonly principalId: string
  /** `ForeignGroup`: a group of another tenant, such as a partner’s AdminAgents. */
  readonly principalType: 'User' | 'Group' | 'ServicePrincipal' | 'ForeignGroup'
  /** ISO 8601. */
  readonly createdOn: string
  /** Object id of who made it; absent: a deployment that is not simulated. */
  readonly createdBy?: string
  /** Limits which roles its holder may give, as Azure words it: `… GuidEquals {…, …}`. */
  readonly description?: string
  readonly condition?: string
  /** Simulated milliseconds from which on Azure has heard of it everywhere; until then it allows nothing. */
  readonly effectiveAt?: number
}

/** By GUID, lower-case. */
export function roleAssignments(world: World): Collection<RoleAssignmentRecord> {
  return world.collection('role-assignments')
}

/** Whether any role of the principal, or of a group it is in, allows `action` at `scope`; `kind`: of control or data plane. */
export function isAllowed(
  world: World,
  asked: {
    readonly principalId: string
    readonly action: string
    readonly scope: string
    readonly kind?: 'control' | 'data'
    /** Simulated milliseconds; when absent, all that was assigned has taken effect. */
    readonly now?: number
    /** GUID of the role that is being given. */
    readonly requestedRole?: string
  }
): boolean {
  const ids = identitiesOf(world, asked.principalId)
  return roleAssignments(world)
    .values()
    .some((assignment) => {
      if (!ids.some((id) => same(assignment.principalId, id)) || !isWithin(asked.scope, assignment.scope)) return false
      if (!meets(assignment.condition, asked.requestedRole)) return false
      if ((asked.now ?? Infinity) < (assignment.effectiveAt ?? 0)) return false
      const role = roleDefinitions(world).get(assignment.roleDefinition.toLowerCase())
      if (role === undefined) return false
      return asked.kind === 'data'
        ? grants(asked.action, role.dataActions, role.notDataActions)
        : grants(asked.action, role.actions, role.notActions)
    })
}

/** The one kind of condition that is simulated: the role to be given is among these. */
function meets(condition: string | undefined, requestedRole = ''): boolean {
  if (condition === undefined) return true
  const among = /RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals \{([^}]*)\}/.exec(condition)?.[1] ?? ''
  return among.split(',').some((guid) => same(guid.trim(), requestedRole))
}

/** Whether the principal holds any role at the subscription or below: what makes it visible to it. */
export function hasAnyRole(world: World, principalId: string, scope: string): boolean {
  return roleAssignments(world)
    .values()
    .some((assignment) => same(assignment.principalId, principalId) && isWithin(assignment.scope, scope))
}

/** Of no one subscription: the tenant itself, or a management group. */
export const isAbove = (scope: string): boolean =>
  scope === '/' || /^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+$/i.test(scope)

/** Whether `scope` is `container` or below it. Every subscription here is in every management group. */
export function isWithin(scope: string, container: string): boolean {
  return isAbove(container) || `${scope.toLowerCase()}/`.startsWith(`${container.toLowerCase()}/`)
}

function grants(action: string, allowed: readonly string[], denied: readonly string[]): boolean {
  return allowed.some((pattern) => matches(action, pattern)) && !denied.some((pattern) => matches(action, pattern))
}

function matches(action: string, pattern: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 'i').test(action)
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
