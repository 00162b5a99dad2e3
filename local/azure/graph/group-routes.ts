import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../core/service.ts'
import { requireGraphRole, holdsGraphRole } from './authorize.ts'
import { servicePrincipals, users } from './directory.ts'
import { groups, transitiveMembers } from './groups.ts'
import { pageSizeOf } from './pages.ts'
import { CONTEXT, chosen, one } from './replies.ts'

const rights = ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All']

/** The list has pages of its own. https://learn.microsoft.com/graph/api/group-get and https://learn.microsoft.com/graph/api/group-list-transitivemembers */
export const groupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1.0/groups/{group}',
    operation: 'groups.get',
    handle: (request, { group = '' }, around) => {
      requireGraphRole(request, rights, around)
      const { members: _, ...found } = groups(around.world).get(group.toLowerCase()) ?? {}
      return one(request, 'groups', 'id' in found ? found : undefined, group)
    }
  },
  {
    method: 'GET',
    path: '/v1.0/groups/{group}/transitiveMembers',
    operation: 'groups.listTransitiveMembers',
    handle: (request, { group = '' }, around) => {
      requireGraphRole(request, rights, around)
      const found = groups(around.world).get(group.toLowerCase())
      if (found === undefined) return one(request, 'groups', undefined, group)
      const members = transitiveMembers(around.world, found.id).map((id) => memberOf(id, request, around))
      return pageOf(request, members, pageSizeOf(around))
    }
  }
]

/** 100 a page unless `$top` asks for another number, up to 999; it may give fewer. */
function pageOf(request: SimulatedRequest, all: readonly object[], most: number): SimulatedResponse {
  const top = Number(request.query.get('$top') ?? 100)
  if (!Number.isInteger(top) || top < 1 || top > 999) {
    throw new AzureError(
      400,
      'Request_UnsupportedQuery',
      `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`
    )
  }
  const size = Math.min(top, most)
  const from = Number(request.query.get('$skiptoken') ?? 0)
  const query = [
    ['$select', request.query.get('$select')],
    ['$top', String(top)],
    ['$skiptoken', String(from + size)]
  ]
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join('&')
  const next = from + size < all.length ? { '@odata.nextLink': `https://${request.host}${request.path}?${query}` } : {}
  return {
    status: 200,
    json: { '@odata.context': `${CONTEXT}directoryObjects`, ...next, value: all.slice(from, from + size) }
  }
}

/** What the caller may not read of a member is null, whatever it selects; its type and id are always told. */
function memberOf(id: string, request: SimulatedRequest, around: Surroundings): object {
  const { world } = around
  const user = users(world)
    .values()
    .find((each) => each.id === id)
  const group = groups(world).get(id.toLowerCase())
  const { members: _, ...groupFacts } = group ?? {}
  const [kind, facts, roles] = user
    ? (['user', user, ['User.Read.All', 'Directory.Read.All']] as const)
    : group
      ? (['group', groupFacts, rights] as const)
      : ([
          'servicePrincipal',
          servicePrincipals(world)
            .values()
            .find((each) => each.id === id) ?? { id },
          ['Application.Read.All', 'Directory.Read.All']
        ] as const)
  const readable = holdsGraphRole(request, roles, around)
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, readable || name === 'id' ? value : null])
  )
  return { '@odata.type': `#microsoft.graph.${kind}`, ...chosen(request, shown) }
}
