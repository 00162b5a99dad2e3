import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { isRestError } from '@azure/core-rest-pipeline'
import { createAsk } from './call.ts'
import type { CallOptions, Connection, Seen } from './call.ts'
import { clientOptions, lazily } from './clients.ts'

export interface RoleHolder {
  readonly principalId: string
  /** e.g. `Contributor` */
  readonly roleName: string
  /** Where it was assigned: the vault itself or above it. */
  readonly scope: string
  /** What the role allows of the control plane, e.g. `Microsoft.KeyVault/vaults/read`. */
  readonly actions: readonly string[]
  /** And of the data plane, e.g. `Microsoft.KeyVault/vaults/keys/read`; the latter takes from the former. */
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
}

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
  const clientFor = lazily((id) => new AuthorizationManagementClient(connection.credential, id, clientOptions(connection)))
  return {
    /** Who holds which role at `scope` or above it (R35). `scope` is a resource id in `subscriptionId`. */
    listForScope: (subscriptionId: string, scope: string): Promise<Seen<RoleHolder[]>> =>
      ask('LIST role assignments', async (options) => {
        const client = clientFor(subscriptionId)
        const roles = new Map<string, Role>()
        const holders: RoleHolder[] = []
        for await (const found of client.roleAssignments.listForScope(
          withoutLeadingSlash(scope), { ...options, filter: 'atScope()' })) {
          const id = found.roleDefinitionId ?? ''
          const role = roles.get(id) ?? await roleOf(client, id, options)
          roles.set(id, role)
          holders.push({ ...role, principalId: found.principalId ?? '', scope: found.scope ?? '' })
        }
        return holders
      }),

    /** Resource ids, by name, of those of these roles that can be assigned in the subscription. */
    rolesNamed: (subscriptionId: string, names: readonly string[]): Promise<Seen<ReadonlyMap<string, string>>> =>
      ask('LIST role definitions', async (options) => {
        const { roleDefinitions } = clientFor(subscriptionId)
        const ids = new Map<string, string>()
        for (const name of names) {
          const filter = `roleName eq '${name}'`
          for await (const { id = '' } of roleDefinitions.list(`subscriptions/${subscriptionId}`, { ...options, filter })) ids.set(name, id)
        }
        return ids
      }),

    /** Gives a role (R33, R36). One that is held already is left as it is. */
    assign: (subscriptionId: string, { scope, name, roleId, principalId, isServicePrincipal }: RoleGrant): Promise<Seen<void>> =>
      ask('PUT role assignment', async (options) => {
        await clientFor(subscriptionId).roleAssignments.create(withoutLeadingSlash(scope), name, {
          roleDefinitionId: roleId, principalId, ...(isServicePrincipal ? { principalType: 'ServicePrincipal' } : {})
        }, options).catch(unlessItExists)
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

type Role = Pick<RoleHolder, 'roleName' | 'actions' | 'dataActions' | 'notDataActions'>

async function roleOf(client: AuthorizationManagementClient, id: string, options: CallOptions): Promise<Role> {
  const role = await client.roleDefinitions.getById(withoutLeadingSlash(id), options)
  const permissions = role.permissions ?? []
  return {
    roleName: role.roleName ?? id,
    actions: permissions.flatMap(({ actions = [] }) => actions),
    dataActions: permissions.flatMap(({ dataActions = [] }) => dataActions),
    notDataActions: permissions.flatMap(({ notDataActions = [] }) => notDataActions)
  }
}
