import type { Reading } from '../domain/terms/reading.ts'
import { AuthorizationManagementClient, type RoleDefinition } from '@azure/arm-authorization'
import { isRestError } from '@azure/core-rest-pipeline'
import { createAsk, type Connection, type To } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import type { CustomRole, Role, RoleHolder } from '../domain/resources/role.ts'
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
  const clientFor = lazily(
    (id) => new AuthorizationManagementClient(connection.credential, id, clientOptions(connection))
  )
  return {
    /** Who holds which role at `scope` or above it (R35). `scope` is a resource id in `subscriptionId`. */
    listForScope: (subscriptionId: string, scope: string): Promise<Reading<RoleHolder[]>> =>
      ask('LIST role assignments', (to) =>
        holders(clientFor(subscriptionId), { subscriptionId, scope, filter: 'atScope()' }, to)
      ),

    /**
     * Every role that a service or a person holds in a subscription: above it, on it, or on anything in it, by themselves or
     * through a group, however deep; `principalId` is then that group. `atScope()` sees neither what is below nor groups.
     * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
     */
    heldBy: (subscriptionId: string, objectId: string): Promise<Reading<RoleHolder[]>> =>
      ask('LIST role assignments', (to) =>
        holders(
          clientFor(subscriptionId),
          { subscriptionId, scope: `/subscriptions/${subscriptionId}`, filter: `assignedTo('${objectId}')` },
          to
        )
      ),

    /** The roles of the customer's own that can be given in the subscription. */
    customRoles: (subscriptionId: string): Promise<Reading<CustomRole[]>> =>
      ask('LIST role definitions', async (to) => {
        const found: CustomRole[] = []
        const filter = "type eq 'CustomRole'"
        for await (const role of clientFor(subscriptionId).roleDefinitions.list(`subscriptions/${subscriptionId}`, {
          ...to('roleDefinitions.list'),
          filter
        }))
          found.push({ ...asRole(role), id: needed(role.id, 'the id of a role') })
        return found
      }),

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
  readonly scope: string
  readonly filter: string
}

async function holders(
  client: AuthorizationManagementClient,
  { subscriptionId, scope, filter }: Asked,
  to: To
): Promise<RoleHolder[]> {
  const roles = new Map<string, Role>()
  const found: RoleHolder[] = []
  const options = { ...to('roleAssignments.listForScope'), filter }
  for await (const each of client.roleAssignments.listForScope(withoutLeadingSlash(scope), options)) {
    const id = needed(each.roleDefinitionId, 'the role of an assignment')
    const role = roles.get(id) ?? (await roleOf(client, { subscriptionId, id }, to))
    roles.set(id, role)
    found.push({
      ...role,
      principalId: needed(each.principalId, 'the holder of a role'),
      scope: needed(each.scope, 'the scope of a role')
    })
  }
  return found
}

/** At the subscription, where it may be read wherever it was assigned: what is above it is not the app's to read. */
async function roleOf(
  client: AuthorizationManagementClient,
  { subscriptionId, id }: { readonly subscriptionId: string; readonly id: string },
  to: To
): Promise<Role> {
  const guid = id.slice(id.lastIndexOf('/') + 1)
  return asRole(await client.roleDefinitions.get(`subscriptions/${subscriptionId}`, guid, to('roleDefinitions.get')))
}

function asRole({ roleName, permissions }: RoleDefinition): Role {
  const all = needed(permissions, 'the permissions of a role')
  return {
    roleName: needed(roleName, 'the name of a role'),
    actions: all.flatMap(({ actions = [] }) => actions),
    dataActions: all.flatMap(({ dataActions = [] }) => dataActions),
    notDataActions: all.flatMap(({ notDataActions = [] }) => notDataActions)
  }
}
