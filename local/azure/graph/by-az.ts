import { randomUUID } from 'node:crypto'
import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../core/service.ts'
import { requireDirectoryWriter, requireGraphRole } from './authorize.ts'
import { appRoleAssignments, servicePrincipals, users } from './directory.ts'
import { groups } from './groups.ts'
import { chosen, list, one } from './replies.ts'
import { shownUser } from './user-filter.ts'

/** What az asks of the directory, and the app does not: names it is given, made into object ids, and changes by people. */
export const azRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1.0/me',
    operation: 'me.get',
    handle: (request, _, around) => {
      const found = userOf(request.caller?.objectId ?? '', around)
      return one(request, 'users', found && shownUser(found), 'me')
    }
  },
  listRoute('servicePrincipals', servicePrincipals, ['Application.Read.All']),
  listRoute('groups', groups, ['Group.Read.All']),
  // Of other tenants' applications, such as Microsoft's, a tenant has the service principal alone.
  listRoute('applications', () => new Map(), ['Application.Read.All']),
  {
    method: 'GET',
    path: '/v1.0/servicePrincipals/{id}',
    operation: 'servicePrincipals.getById',
    handle: (request, { id = '' }, around) => {
      requireGraphRole(request, ['Application.Read.All'], around)
      return one(request, 'servicePrincipals', principalOf(id, around), id)
    }
  },
  {
    // https://learn.microsoft.com/graph/api/serviceprincipal-update
    method: 'PATCH',
    path: '/v1.0/servicePrincipals/{id}',
    operation: 'servicePrincipals.update',
    handle: (request, { id = '' }, around) => {
      requireDirectoryWriter(request, around)
      const found = principalOf(id, around)
      if (!found) return one(request, 'servicePrincipals', undefined, id)
      servicePrincipals(around.world).set(found.appId.toLowerCase(), { ...found, ...bodyOf(request) })
      return { status: 204 }
    }
  },
  {
    method: 'GET',
    path: '/v1.0/servicePrincipals/{id}/appRoleAssignments',
    operation: 'servicePrincipals.listAppRoleAssignments',
    handle: (request, { id = '' }, around) => {
      requireGraphRole(request, ['Application.Read.All'], around)
      if (!principalOf(id, around)) return one(request, 'servicePrincipals', undefined, id)
      const held = appRoleAssignments(around.world).values()
      return list(
        'appRoleAssignments',
        held.filter(({ principalId }) => principalId === id)
      )
    }
  },
  {
    // https://learn.microsoft.com/graph/api/directoryobject-getbyids
    method: 'POST',
    path: '/v1.0/directoryObjects/getByIds',
    operation: 'directoryObjects.getByIds',
    handle: (request, _, around) => {
      requireGraphRole(request, ['Directory.Read.All'], around)
      const { ids = [] } = bodyOf(request) as { ids?: readonly string[] }
      return list(
        'directoryObjects',
        ids.flatMap((id) => objectOf(id, around))
      )
    }
  },
  {
    // https://learn.microsoft.com/graph/api/user-update
    method: 'PATCH',
    path: '/v1.0/users/{user}',
    operation: 'users.update',
    handle: (request, { user = '' }, around) => {
      requireDirectoryWriter(request, around)
      const known = users(around.world)
      const found = known.get(user.toLowerCase()) ?? userOf(user, around)
      if (!found) return one(request, 'users', undefined, user)
      const changed = { ...found, ...bodyOf(request) }
      known.delete(found.userPrincipalName.toLowerCase())
      known.set(changed.userPrincipalName.toLowerCase(), changed)
      return { status: 204 }
    }
  },
  {
    // https://learn.microsoft.com/graph/api/group-delete-members
    method: 'DELETE',
    path: '/v1.0/groups/{group}/members/{member}/$ref',
    operation: 'groups.removeMember',
    handle: (request, { group = '', member = '' }, around) => {
      requireDirectoryWriter(request, around)
      const found = groups(around.world).get(group.toLowerCase())
      if (!found?.members.includes(member)) return one(request, 'groups', undefined, member)
      groups(around.world).set(found.id, { ...found, members: found.members.filter((each) => each !== member) })
      return { status: 204 }
    }
  }
]

/** https://learn.microsoft.com/graph/api/serviceprincipal-post-serviceprincipals */
export function createServicePrincipal(request: SimulatedRequest, { world }: Surroundings): SimulatedResponse {
  const { appId = '' } = bodyOf(request) as { appId?: string }
  if (servicePrincipals(world).has(appId.toLowerCase()))
    throw new AzureError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`
    )
  const made = { id: randomUUID(), appId, displayName: appId }
  servicePrincipals(world).set(appId.toLowerCase(), made)
  return { status: 201, json: withNames(made) }
}

type Shown = { readonly id: string } & object

function listRoute(
  set: string,
  all: (world: Surroundings['world']) => { values(): Iterable<Shown> },
  roles: readonly string[]
): Route {
  return {
    method: 'GET',
    path: `/v1.0/${set}`,
    operation: `${set}.list`,
    handle: (request, _, around) => {
      requireGraphRole(request, roles, around)
      const isMeant = filterOf(request.query.get('$filter'))
      return list(
        set,
        [...all(around.world).values()].filter(isMeant).map((each) => chosen(request, withNames(each)))
      )
    }
  }
}

/** A service principal is found by its application’s id as one of its names. */
const withNames = (found: object): object =>
  'appId' in found ? { ...found, servicePrincipalNames: [found.appId], displayName: shownName(found) } : found
const shownName = (found: object): unknown => ('displayName' in found ? found.displayName : null)

/** The filters that az sends: equality and beginnings of a name, an id among names, joined by `or`. */
function filterOf(filter: string | undefined): (found: object) => boolean {
  if (!filter) return () => true
  const tests = filter.split(' or ').map((clause) => {
    const [, one, same] = /^(\w+) eq '([^']*)'$/.exec(clause) ?? []
    const [, start, begins] = /^startswith\((\w+),\s*'([^']*)'\)$/.exec(clause) ?? []
    const [, , among] = /^servicePrincipalNames\/any\((\w+):\1 eq '([^']*)'\)$/.exec(clause) ?? []
    return (found: object) => {
      const fields = new Map(
        Object.entries(withNames(found)).map(([name, value]) => [name, String(value).toLowerCase()])
      )
      if (one !== undefined) return fields.get(one) === same?.toLowerCase()
      if (start !== undefined) return fields.get(start)?.startsWith(begins?.toLowerCase() ?? '') ?? false
      if (among !== undefined) return fields.get('servicePrincipalNames') === among.toLowerCase()
      throw new AzureError(400, 'Request_UnsupportedQuery', 'Unsupported or invalid query filter clause specified.')
    }
  })
  return (found) => tests.some((isMeant) => isMeant(found))
}

const userOf = (id: string, { world }: Surroundings) =>
  users(world)
    .values()
    .find((each) => each.id === id.toLowerCase())

const principalOf = (id: string, { world }: Surroundings) =>
  servicePrincipals(world).get(id.toLowerCase()) ??
  servicePrincipals(world)
    .values()
    .find((each) => each.id === id.toLowerCase())

function objectOf(id: string, around: Surroundings): object[] {
  const user = userOf(id, around)
  if (user) return [{ '@odata.type': '#microsoft.graph.user', ...shownUser(user) }]
  const group = groups(around.world).get(id.toLowerCase())
  if (group) return [{ '@odata.type': '#microsoft.graph.group', id: group.id, displayName: group.displayName }]
  const principal = principalOf(id, around)
  return principal ? [{ '@odata.type': '#microsoft.graph.servicePrincipal', ...withNames(principal) }] : []
}

function bodyOf({ body }: SimulatedRequest): object {
  try {
    const parsed: unknown = JSON.parse(body.toString())
    if (typeof parsed === 'object' && parsed !== null) return parsed
  } catch {}
  throw new AzureError(400, 'BadRequest', 'Unable to read JSON request payload.')
}
