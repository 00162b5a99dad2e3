import { AzureError, type Route, type SimulatedRequest, type Surroundings } from '../core/service.ts'
import { requireGraphRole } from './authorize.ts'
import { appRoleAssignments, eligibilities, servicePrincipals, users } from './directory.ts'
import { identitiesOf } from './groups.ts'
import { CONTEXT, list, one } from './replies.ts'

/** What somebody is in the tenant at this moment: roles of applications, groups, and groups they may enter on demand. */
export const standingRoutes: readonly Route[] = [
  {
    // https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto
    method: 'GET',
    path: "/v1.0/servicePrincipals(appId='{appId}')/appRoleAssignedTo",
    operation: 'servicePrincipals.listAppRoleAssignedTo',
    handle: (request, { appId = '' }, around) => {
      requireGraphRole(request, ['Application.Read.All', 'Directory.Read.All'], around)
      const application = servicePrincipals(around.world).get(appId.toLowerCase())
      if (application === undefined) return one(request, 'servicePrincipals', undefined, appId)
      const given = appRoleAssignments(around.world)
        .values()
        .filter(({ resourceId }) => resourceId === application.id)
        .map((each) => ({ ...each, principalType: isUser(around, each.principalId) ? 'User' : 'Group' }))
      return list('appRoleAssignments', given)
    }
  },
  {
    // https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups
    method: 'POST',
    path: '/v1.0/users/{user}/checkMemberGroups',
    operation: 'users.checkMemberGroups',
    handle: (request, { user = '' }, around) => {
      requireGraphRole(request, ['User.Read.All', 'Directory.Read.All'], around)
      requireGraphRole(request, ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'], around)
      if (!isUser(around, user)) return one(request, 'users', undefined, user)
      const groupIds = groupIdsIn(request)
      const within = identitiesOf(around.world, user)
      const value = groupIds.filter((id) => id !== user && within.includes(id))
      return { status: 200, json: { '@odata.context': `${CONTEXT}Collection(Edm.String)`, value } }
    }
  },
  {
    // https://learn.microsoft.com/graph/api/privilegedaccessgroup-list-eligibilityschedules
    method: 'GET',
    path: '/v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules',
    operation: 'privilegedAccessGroup.listEligibilitySchedules',
    handle: (request, _parameters, around) => {
      requireGraphRole(request, ['PrivilegedEligibilitySchedule.Read.AzureADGroup'], around)
      const [, name, id] = /^(principalId|groupId) eq '([^']+)'$/.exec(request.query.get('$filter') ?? '') ?? []
      if (name !== 'principalId' && name !== 'groupId')
        throw new AzureError(400, 'MissingParameters', 'A filter is required.')
      const found = eligibilities(around.world)
        .values()
        .filter((each) => each[name] === id)
        .map((each) => ({ ...each, accessId: 'member', status: 'Provisioned' }))
      return list('identityGovernance/privilegedAccess/group/eligibilitySchedules', found)
    }
  }
]

const isUser = ({ world }: Pick<Surroundings, 'world'>, objectId: string): boolean =>
  users(world)
    .values()
    .some(({ id }) => id === objectId)

/** One malformed id, or a list that is too long, fails the whole request. */
function groupIdsIn({ body }: SimulatedRequest): string[] {
  const { groupIds } = JSON.parse(body.toString('utf8')) as { groupIds?: unknown }
  const all = Array.isArray(groupIds) ? groupIds.map(String) : []
  if (all.length > 0 && all.length <= 20 && all.every((id) => /^[0-9a-f-]{36}$/i.test(id)))
    return all.map((id) => id.toLowerCase())
  throw new AzureError(400, 'Request_BadRequest', 'Invalid value specified for property groupIds.')
}
