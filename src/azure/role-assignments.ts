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
}

export type RoleAssignments = ReturnType<typeof createRoleAssignments>

export function createRoleAssignments(connection: Connection) {
  const ask = createAsk(connection, 'Azure Resource Manager')
  const clientFor = lazily((id) => new AuthorizationManagementClient(connection.credential, id, clientOptions()))
  return {
    /** Who holds which role at `scope` or above it (R35). `scope` is a resource id in `subscriptionId`. */
    listForScope: (subscriptionId: string, scope: string): Promise<Seen<RoleHolder[]>> =>
      ask('LIST role assignments', async (options) => {
        const client = clientFor(subscriptionId)
        const roleNames = new Map<string, string>()
        const holders: RoleHolder[] = []
        for await (const found of client.roleAssignments.listForScope(
          withoutLeadingSlash(scope), { ...options, filter: 'atScope()' })) {
          const role = found.roleDefinitionId ?? ''
          const roleName = roleNames.get(role) ?? await roleNameOf(client, role, options)
          roleNames.set(role, roleName)
          holders.push({ principalId: found.principalId ?? '', roleName, scope: found.scope ?? '' })
        }
        return holders
      })
  }
}

/** Both lists put a slash of their own before a scope or id. */
function withoutLeadingSlash(id: string): string {
  return id.replace(/^\/+/, '')
}

async function roleNameOf(client: AuthorizationManagementClient, id: string, options: CallOptions): Promise<string> {
  const role = await client.roleDefinitions.getById(withoutLeadingSlash(id), options)
  return role.roleName ?? id
}
