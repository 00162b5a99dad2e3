import { AuthorizationManagementClient } from '@azure/arm-authorization'
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
      })
  }
}

/** Both lists put a slash of their own before a scope or id. */
function withoutLeadingSlash(id: string): string {
  return id.replace(/^\/+/, '')
}

type Role = Pick<RoleHolder, 'roleName' | 'actions'>

async function roleOf(client: AuthorizationManagementClient, id: string, options: CallOptions): Promise<Role> {
  const role = await client.roleDefinitions.getById(withoutLeadingSlash(id), options)
  return { roleName: role.roleName ?? id, actions: (role.permissions ?? []).flatMap(({ actions = [] }) => actions) }
}
