import { AzureError, type SimulatedRequest, type SimulatedResponse, type Surroundings } from '../../core/service.ts'
import { groups } from '../../graph/groups.ts'
import { servicePrincipals, users } from '../../graph/directory.ts'
import { openSubscription } from './authorize.ts'
import { propagation } from '../propagation.ts'
import { isObject, readJson } from '../read-json.ts'
import { assignmentView, subscriptionOf } from './role-views.ts'
import { roleAssignments, roleDefinitions, type RoleAssignmentRecord } from './roles.ts'
import { vaults } from '../keyvault-management/vault-record.ts'

interface Place {
  readonly scope: string
  /** GUID of the assignment. */
  readonly name: string
}

type RoleGrant = Pick<RoleAssignmentRecord, 'roleDefinition' | 'principalId' | 'principalType'>

/** `PUT …/roleAssignments/{name}`. https://learn.microsoft.com/azure/role-based-access-control/role-assignments-rest */
export function giveRole(request: SimulatedRequest, place: Place, around: Surroundings): SimulatedResponse {
  const { world, clock } = around
  const { roleDefinition, principalId, asked, about } = readGiven(request)
  const action = 'Microsoft.Authorization/roleAssignments/write'
  openSubscription(subscriptionOf(place.scope), {
    request,
    around,
    action,
    scope: place.scope,
    requestedRole: roleDefinition
  })
  requireResource(place.scope, around)
  if (roleDefinitions(world).get(roleDefinition) === undefined) throw noSuchRole(roleDefinition)
  const given = { roleDefinition, principalId, principalType: asked ?? typeOf(principalId, request, around) }
  const present = presentOf(place, given, around)
  if (present) return { status: 200, json: assignmentView(present) }
  const { roleMs = 0 } = propagation(world).get('propagation') ?? {}
  const made = {
    ...place,
    ...given,
    ...about,
    createdOn: clock.nowIso(),
    ...(request.caller && { createdBy: request.caller.objectId }),
    effectiveAt: clock.now() + roleMs
  }
  roleAssignments(world).set(place.name.toLowerCase(), made)
  const view = assignmentView(made)
  // The answer to the making names nobody as its maker, only as the last who changed it.
  return { status: 201, json: { ...view, properties: { ...view.properties, createdBy: null } } }
}

export const noSuchRole = (role: string): AzureError =>
  new AzureError(404, 'RoleDefinitionDoesNotExist', `The specified role definition with ID '${role}' does not exist.`)

function readGiven(request: SimulatedRequest) {
  const { properties } = readJson(request)
  const { roleDefinitionId, principalId, principalType, ...rest } = isObject(properties) ? properties : {}
  if (typeof roleDefinitionId !== 'string' || typeof principalId !== 'string') {
    throw new AzureError(
      400,
      'InvalidCreateRoleAssignmentRequest',
      'The role assignment is invalid: it names no role or no principal.'
    )
  }
  const asked = (['User', 'Group', 'ServicePrincipal'] as const).find((type) => type === principalType)
  return {
    roleDefinition: roleDefinitionId.split('/').at(-1)?.toLowerCase() ?? '',
    principalId,
    asked,
    about: described(rest)
  }
}

function described({ condition, description }: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof condition === 'string' && { condition }),
    ...(typeof description === 'string' && { description })
  }
}

/** Without the type of the principal Azure looks it up, and does not know one that is new. */
function typeOf(
  principalId: string,
  request: SimulatedRequest,
  { world, clock }: Surroundings
): RoleGrant['principalType'] {
  const id = principalId.toLowerCase()
  if (
    users(world)
      .values()
      .some((each) => each.id === id)
  )
    return 'User'
  if (groups(world).get(id) !== undefined) return 'Group'
  if (
    servicePrincipals(world)
      .values()
      .some((each) => each.id === id && (each.visibleAt ?? 0) <= clock.now())
  )
    return 'ServicePrincipal'
  throw new AzureError(
    400,
    'PrincipalNotFound',
    `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ` +
      `${request.caller?.tenantId ?? ''}. Check that you have the correct principal ID.`
  )
}

function requireResource(scope: string, { world }: Surroundings): void {
  const vault = /\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/i.exec(scope)?.[1]
  if (vault === undefined || vaults(world).get(vault.toLowerCase())?.id.toLowerCase() === scope.toLowerCase()) return
  throw new AzureError(404, 'ResourceNotFound', `The Resource 'Microsoft.KeyVault/vaults/${vault}' was not found.`)
}

/** Azure keeps one assignment of a role to a principal at a scope, under the name that it was first given. */
function presentOf(
  { scope, name }: Place,
  given: RoleGrant,
  { world }: Surroundings
): RoleAssignmentRecord | undefined {
  const says = (each: RoleAssignmentRecord): boolean =>
    [
      [each.scope, scope],
      [each.roleDefinition, given.roleDefinition],
      [each.principalId, given.principalId]
    ].every(([one = '', other = '']) => one.toLowerCase() === other.toLowerCase())
  const named = roleAssignments(world).get(name.toLowerCase())
  if (named) {
    if (says(named)) return named
    throw new AzureError(
      409,
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.'
    )
  }
  if (!roleAssignments(world).values().some(says)) return undefined
  throw new AzureError(409, 'RoleAssignmentExists', 'The role assignment already exists.')
}
