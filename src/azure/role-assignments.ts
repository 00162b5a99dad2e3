import type { Reading } from '../domain/terms/reading.ts'
import { AuthorizationManagementClient, type RoleDefinition } from '@azure/arm-authorization'
import { isRestError } from '@azure/core-rest-pipeline'
import { createAsk, type CallOptions, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import type { CustomRole, Role, RoleHolder } from '../domain/resources/role.ts'
import { needed } from './needed.ts'

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
      ask('LIST role assignments', async (options) => {
        const client = clientFor(subscriptionId)
        const roles = new Map<string, Role>()
        const holders: RoleHolder[] = []
        for await (const found of client.roleAssignments.listForScope(withoutLeadingSlash(scope), {
          ...options,
          filter: 'atScope()'
        })) {
          const id = needed(found.roleDefinitionId, 'the role of an assignment')
          const role = roles.get(id) ?? (await roleOf(client, id, options))
          roles.set(id, role)
          holders.push({
            ...role,
            principalId: needed(found.principalId, 'the holder of a role'),
            scope: needed(found.scope, 'the scope of a role')
          })
        }
        return holders
      }),

    /** The roles of the customer's own that can be given in the subscription. */
    customRoles: (subscriptionId: string): Promise<Reading<CustomRole[]>> =>
      ask('LIST role definitions', async (options) => {
        const found: CustomRole[] = []
        const filter = "type eq 'CustomRole'"
        for await (const role of clientFor(subscriptionId).roleDefinitions.list(`subscriptions/${subscriptionId}`, {
          ...options,
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
      ask('PUT role assignment', async (options) => {
        await clientFor(subscriptionId)
          .roleAssignments.create(
            withoutLeadingSlash(scope),
            name,
            {
              roleDefinitionId: roleId,
              principalId,
              ...(isServicePrincipal ? { principalType: 'ServicePrincipal' } : {})
            },
            options
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

async function roleOf(client: AuthorizationManagementClient, id: string, options: CallOptions): Promise<Role> {
  return asRole(await client.roleDefinitions.getById(withoutLeadingSlash(id), options))
}

function asRole({ id = '', roleName = id, permissions = [] }: RoleDefinition): Role {
  return {
    roleName,
    actions: permissions.flatMap(({ actions = [] }) => actions),
    dataActions: permissions.flatMap(({ dataActions = [] }) => dataActions),
    notDataActions: permissions.flatMap(({ notDataActions = [] }) => notDataActions)
  }
}
