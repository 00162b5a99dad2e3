import type { Reading } from '../domain/terms/reading.ts'
import { AuthorizationManagementClient, type RoleAssignment, type RoleDefinition } from '@azure/arm-authorization'
import { isRestError } from '@azure/core-rest-pipeline'
import { createAsk, type Ask, type Connection } from './call.ts'
import { clientOptions } from './clients.ts'
import { lazily } from '../lazily.ts'
import { reaches } from '../domain/terms/resource-scope.ts'
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
  const holders = (subscriptionId: string, asked: Asked) =>
    holdersIn(ask, clientFor(subscriptionId), { subscriptionId, ...asked })
  return {
    /**
     * Who holds which role at a resource, above it, or on anything in it, such as one key of a vault (R34, R35). Of the whole
     * subscription, since `atScope()` leaves out what is below, and the list of a resource need not have what is in it:
     * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest (“atScope(): … not including the role
     * assignments at subscopes”). What is held above the subscription is inherited, and in its list.
     */
    reaching: (subscriptionId: string, resourceId: string): Promise<Reading<RoleHolder[]>> =>
      holders(subscriptionId, { isAskedFor: (scope) => reaches(scope, resourceId) }),

    /**
     * Every role that a service or a person holds in a subscription: above it, on it, or on anything in it, by themselves or
     * through a group, however deep; `principalId` is then that group. `atScope()` sees neither what is below nor groups.
     * https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
     */
    heldBy: (subscriptionId: string, objectId: string): Promise<Reading<RoleHolder[]>> =>
      holders(subscriptionId, { filter: `assignedTo('${objectId}')`, isAskedFor: () => true }),

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
  /** Of Azure; absent: the whole list. */
  readonly filter?: string
  /** By its scope. */
  readonly isAskedFor: (scope: string) => boolean
}

interface InSubscription extends Asked {
  readonly subscriptionId: string
}

/** The call is the one that listed them; what each role allows is asked beside it. */
async function holdersIn(
  ask: Ask,
  client: AuthorizationManagementClient,
  { subscriptionId, filter, isAskedFor }: InSubscription
): Promise<Reading<RoleHolder[]>> {
  const { value: held, call } = await ask('LIST role assignments', async (to) => {
    const all: RoleAssignment[] = []
    const options = { ...to('roleAssignments.listForScope'), ...(filter === undefined ? {} : { filter }) }
    for await (const each of client.roleAssignments.listForScope(`subscriptions/${subscriptionId}`, options))
      if (isAskedFor(needed(each.scope, 'the scope of a role'))) all.push(each)
    return all
  })
  const roles = new Map<string, readonly Role[]>()
  const value: RoleHolder[] = []
  for (const { roleDefinitionId: id = '', principalId = '', principalType, scope = '' } of held) {
    const parts = roles.get(id) ?? (await partsOf(ask, client, { subscriptionId, id }))
    roles.set(id, parts)
    value.push(...parts.map((part) => ({ ...part, principalId, principalType, scope })))
  }
  return { value, call }
}

/** At the subscription, where it may be read wherever it was assigned: what is above it is not the app's to read. */
async function partsOf(
  ask: Ask,
  client: AuthorizationManagementClient,
  { subscriptionId, id }: { readonly subscriptionId: string; readonly id: string }
): Promise<Role[]> {
  const guid = id.slice(id.lastIndexOf('/') + 1)
  const { value } = await ask('GET role definition', async (to) =>
    asRoles(await client.roleDefinitions.get(`subscriptions/${subscriptionId}`, guid, to('roleDefinitions.get')))
  )
  return value
}

/** Each part of a role takes from what it gives itself, and from no other part: a role of several is several. */
const asRoles = ({ roleName, permissions }: RoleDefinition): Role[] =>
  needed(permissions, 'the permissions of a role').map(({ actions = [], dataActions = [], notDataActions = [] }) => ({
    roleName: needed(roleName, 'the name of a role'),
    actions,
    dataActions,
    notDataActions
  }))
