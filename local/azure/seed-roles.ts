import roles from '../../infra/roles.json' with { type: 'json' }
import type { RoleAssignmentRecord, RoleDefinitionRecord } from './arm/roles.ts'
import type { Seed, SeedSubscription } from './seed-shape.ts'
import { isGroup } from '../../src/domain/parties.ts'
import { objectIdOf } from './seed-people.ts'
import { stableGuid } from './stable-guid.ts'
import type { Identity } from './token/identities.ts'

/** Each slot's identity may set up its own subscription and nothing else; its first operator owns it (R11, R35). */
export function seedRoles({ tenantId, slots, identities }: {
  readonly tenantId: string, readonly slots: readonly SeedSubscription[], readonly identities: readonly Identity[]
}): Pick<Seed, 'roleDefinitions' | 'roleAssignments'> {
  const roleDefinitions = [OWNER]
  const roleAssignments: RoleAssignmentRecord[] = []
  for (const [index, { slot, id, operators }] of slots.entries()) {
    const scope = `/subscriptions/${id}`
    const setup = slotRole('setup', { tenantId, slot, scope })
    const guard = slotRole('guard', { tenantId, slot, scope })
    const principalId = identities[index]?.objectId ?? ''
    roleDefinitions.push(setup, guard)
    roleAssignments.push(
      assignment(tenantId, {
        scope, role: OWNER, principalId: objectIdOf(tenantId, operators[0]), principalType: isGroup(operators[0] ?? '') ? 'Group' : 'User'
      }),
      assignment(tenantId, { scope, role: setup, principalId, principalType: 'ServicePrincipal' }),
      assignment(tenantId, { scope, role: guard, principalId, principalType: 'ServicePrincipal' })
    )
  }
  return { roleDefinitions, roleAssignments }
}

const OWNER: RoleDefinitionRecord = {
  name: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  roleName: 'Owner',
  roleType: 'BuiltInRole',
  description: 'Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.',
  actions: ['*'], notActions: [], dataActions: [], notDataActions: [], assignableScopes: ['/']
}

/** One of the two roles that `infra/slot.bicep` makes, from the same file: a rehearsal grants what Azure will grant. */
function slotRole(kind: 'setup' | 'guard', { tenantId, slot, scope }: {
  readonly tenantId: string, readonly slot: number, readonly scope: string
}): RoleDefinitionRecord {
  const { name, description, actions, dataActions } = roles[kind]
  return {
    name: stableGuid(tenantId, `role ${kind} ${slot}`),
    roleName: `${name} (slot ${slot})`,
    roleType: 'CustomRole',
    description, actions, notActions: [], dataActions, notDataActions: [], assignableScopes: [scope]
  }
}

function assignment(tenantId: string, made: {
  readonly scope: string, readonly role: RoleDefinitionRecord
  readonly principalId: string, readonly principalType: RoleAssignmentRecord['principalType']
}): RoleAssignmentRecord {
  const { scope, role, principalId, principalType } = made
  const name = stableGuid(tenantId, `assignment ${scope} ${role.name} ${principalId}`)
  const createdOn = '2026-01-05T17:00:00.0000000Z'
  return { name, scope, roleDefinition: role.name, principalId, principalType, createdOn }
}
