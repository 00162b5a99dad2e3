import type { Reading } from '../domain/terms/reading.ts'
import { AuthorizationManagementClient, type RoleDefinition } from '@azure/arm-authorization'
import { isRestError } from '@azure/core-rest-pipeline'
import { createAsk, type Ask, type Connection, type To } from './call.ts'
import { clientOptions } from './clients.ts'
import { delegationsAt } from './delegations.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { createSendJson, type SendJson } from './rest.ts'
import { lazily } from '../lazily.ts'
import { eligibilities } from './role-eligibilities.ts'
import { reaches } from '../domain/terms/resource-scope.ts'
import { withRoles, type Assigned, type RoleLook } from './role-looks.ts'
import { createSharedLooks } from './shared-looks.ts'
import type { CustomRole, GivenRole, Role, RoleHolder } from '../domain/resources/role.ts'
import { needed } from './answers/misfit.ts'

export interface RoleGrant {
  /** Resource id. */
  readonly scope: string
  /** GUID, the same for the same grant: a second one then makes nothing new. */
  readonly name: string
  readonly roleId: string
  readonly principalId: string
  /** Azure looks a person or group up itself; a new service principal may not have reached it yet. */
  readonly isServicePrincipal: boolean
}

export type RoleAssignments = ReturnType<typeof createRoleAssignments>

export function createRoleAssignments(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor: ClientFor = lazily(
    (id) => new AuthorizationManagementClient(connection.credential, id, clientOptions(connection))
  )
  return {
    ...roleReading(ask, clientFor, createSendJson(connection, `${publicCloud.resourceManager}/.default`)),
    ...givenReading(ask, clientFor),

    /** Gives a role (R33, R36). One that is held already is left as it is. */
    assign: (
      subscriptionId: string,
      { scope, name, roleId, principalId, isServicePrincipal }: RoleGrant
    ): Promise<Reading<void>> =>
      ask('PUT role assignment', async (to) => {
        await clientFor(subscriptionId)
          .roleAssignments.create(
            withoutLeadingSlash(scope),
            name,
            {
              roleDefinitionId: roleId,
              principalId,
              ...(isServicePrincipal ? { principalType: 'ServicePrincipal' } : {})
            },
            to('roleAssignments.create')
          )
          .catch(unlessItExists)
      })
  }
}

type ClientFor = (subscriptionId: string) => AuthorizationManagementClient

/** What only looks. */
function roleReading(ask: Ask, clientFor: ClientFor, sendJson: SendJson) {
  const list = (subscriptionId: string, filter?: string): RoleLook => ({
    listed: ask('LIST role assignments', (to) =>
      assignments(clientFor(subscriptionId), { subscriptionId, filter }, to)
    ),
    roles: new Map()
  })
  /** At the subscription, where it may be read wherever it was assigned: what is above it is not the app's to read. */
  const roleOf = (subscriptionId: string, id: string): Promise<Reading<readonly Role[]>> =>
    ask('GET role definition', async (to) =>
      asRoles(
        await clientFor(subscriptionId).roleDefinitions.get(
          `subscriptions/${subscriptionId}`,
          id.slice(id.lastIndexOf('/') + 1),
          to('roleDefinitions.get')
        )
      )
    )
  const holders = (subscriptionId: string, look: RoleLook, isAskedFor: (scope: string) => boolean) =>
    withRoles(look, isAskedFor, (id) => roleOf(subscriptionId, id))
  const shared = createSharedLooks(list)
  const listEligible = (subscriptionId: string): RoleLook => ({
    listed: ask('LIST role eligibility schedules', (to) =>
      eligibilities(clientFor(subscriptionId), subscriptionId, to)
    ),
    roles: new Map()
  })
  const sharedEligible = createSharedLooks(listEligible)
  return {
    /**
     * Who holds which role at a resource, above it, or on anything in it, such as one key of a vault (R34, R35). Of the whole
     * subscription, since `atScope()` leaves out what is below, and the list of a resource need not have what is in it:
     * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest (“atScope(): … not including the role
     * assignments at subscopes”). Without it the list has “all role assignments that apply to a scope”, inherited ones too:
     * https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope. `look`: whoever asks under the same
     * name, e.g. each vault of one sweep, shares one list.
     */
    reaching: (subscriptionId: string, resourceId: string, look?: string): Promise<Reading<RoleHolder[]>> =>
      holders(subscriptionId, look === undefined ? list(subscriptionId) : shared(subscriptionId, look), (scope) =>
        reaches(scope, resourceId)
      ),

    /**
     * Who may take on which role at a resource, above it, or on anything in it, by Privileged Identity Management: they hold none
     * of these until they do. Whole subscriptions too, for the same reasons; `look` as above.
     * https://learn.microsoft.com/rest/api/authorization/role-eligibility-schedules/list-for-scope
     */
    eligible: (subscriptionId: string, resourceId: string, look?: string): Promise<Reading<RoleHolder[]>> =>
      holders(
        subscriptionId,
        look === undefined ? listEligible(subscriptionId) : sharedEligible(subscriptionId, look),
        (scope) => reaches(scope, resourceId)
      ),

    /**
     * What Azure Lighthouse delegates to other tenants at a scope, which is in no list of role assignments; of people who may
     * take a role on as well. Nothing where the scope is a group that is not there.
     */
    delegated: (subscriptionId: string, scope: string): Promise<Reading<RoleHolder[]>> =>
      holders(subscriptionId, { listed: delegationsAt(scope, ask, sendJson), roles: new Map() }, () => true),

    /**
     * Every role that a service or a person holds in a subscription: above it, on it, or on anything in it, by themselves or
     * through a group, however deep; `principalId` is then that group. `atScope()` sees neither what is below nor groups.
     * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
     */
    heldBy: (subscriptionId: string, objectId: string): Promise<Reading<RoleHolder[]>> =>
      holders(subscriptionId, list(subscriptionId, `assignedTo('${objectId}')`), () => true),

    /** The roles of the customer's own that can be given in the subscription, but those of several parts: none of ours is. */
    customRoles: (subscriptionId: string): Promise<Reading<CustomRole[]>> =>
      ask('LIST role definitions', async (to) => {
        const found: CustomRole[] = []
        const filter = "type eq 'CustomRole'"
        for await (const role of clientFor(subscriptionId).roleDefinitions.list(`subscriptions/${subscriptionId}`, {
          ...to('roleDefinitions.list'),
          filter
        })) {
          const [only, ...others] = asRoles(role)
          if (only && others.length === 0) found.push({ ...only, id: needed(role.id, 'the id of a role') })
        }
        return found
      })
  }
}

/** What was given to whom, by whom. */
const givenReading = (ask: Ask, clientFor: ClientFor) => ({
  /**
   * What somebody was given themselves at a subscription or on anything in it, by whom and when: Azure sets both, and who gives a
   * role cannot (`createdBy`, “Id of the user who created the assignment”).
   * https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope
   */
  givenTo: (subscriptionId: string, objectId: string): Promise<Reading<GivenRole[]>> =>
    ask('LIST role assignments', async (to) => {
      const found: GivenRole[] = []
      const options = { ...to('roleAssignments.listForScope'), filter: `principalId eq '${objectId}'` }
      const client = clientFor(subscriptionId)
      for await (const each of client.roleAssignments.listForScope(`subscriptions/${subscriptionId}`, options))
        found.push({
          id: needed(each.id, 'the id of an assignment'),
          roleId: needed(each.roleDefinitionId, 'the role of an assignment').split('/').at(-1)?.toLowerCase() ?? '',
          scope: needed(each.scope, 'the scope of a role'),
          givenBy: each.createdBy ?? undefined,
          givenAt: each.createdOn?.toISOString()
        })
      return found
    })
})

/** Azure knows an assignment by what it says: under another name it refuses it. */
function unlessItExists(error: unknown): void {
  if (!isRestError(error) || error.code !== 'RoleAssignmentExists') throw error
}

/** Both lists put a slash of their own before a scope or id. */
function withoutLeadingSlash(id: string): string {
  return id.replace(/^\/+/, '')
}

interface Asked {
  readonly subscriptionId: string
  /** Of Azure; undefined: the whole list. */
  readonly filter: string | undefined
}

async function assignments(
  client: AuthorizationManagementClient,
  { subscriptionId, filter }: Asked,
  to: To
): Promise<Assigned[]> {
  const found: Assigned[] = []
  const options = { ...to('roleAssignments.listForScope'), ...(filter === undefined ? {} : { filter }) }
  for await (const each of client.roleAssignments.listForScope(`subscriptions/${subscriptionId}`, options)) {
    found.push({
      roleId: needed(each.roleDefinitionId, 'the role of an assignment'),
      principalId: needed(each.principalId, 'the holder of a role'),
      principalType: each.principalType,
      scope: needed(each.scope, 'the scope of a role'),
      ...(each.condition ? { condition: each.condition } : {})
    })
  }
  return found
}

/** Each part of a role takes from what it gives itself, and from no other part: a role of several is several. */
const asRoles = ({ roleName, permissions }: RoleDefinition): Role[] =>
  needed(permissions, 'the permissions of a role').map(
    ({ actions = [], notActions = [], dataActions = [], notDataActions = [] }) => ({
      roleName: roleName || 'a role without a name',
      actions,
      dataActions,
      notActions,
      notDataActions
    })
  )
