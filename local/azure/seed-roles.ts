import type { RoleAssignmentRecord, RoleDefinitionRecord } from './arm/roles.ts'
import type { Seed, SeedSubscription } from './seed-shape.ts'
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
    const setup = setupRole(stableGuid(tenantId, `role setup ${slot}`), slot, scope)
    const principalId = identities[index]?.objectId ?? ''
    roleDefinitions.push(setup)
    roleAssignments.push(
      assignment(tenantId, { scope, role: OWNER, principalId: userId(tenantId, operators[0]), principalType: 'User' }),
      assignment(tenantId, { scope, role: setup, principalId, principalType: 'ServicePrincipal' })
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

function setupRole(name: string, slot: number, scope: string): RoleDefinitionRecord {
  return {
    name,
    roleName: `Customer Key setup (slot ${slot})`,
    roleType: 'CustomRole',
    description: 'Sets up the vaults of one slot. Cannot delete, purge or unregister anything.',
    actions: SETUP_ACTIONS, notActions: [], dataActions: [], notDataActions: [], assignableScopes: [scope]
  }
}

// Without any delete, purge or unregister (DESIGN rule 3).
const SETUP_ACTIONS = [
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Resources/subscriptions/providers/read',
  'Microsoft.Resources/subscriptions/resources/read',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Resources/subscriptions/resourceGroups/write',
  'Microsoft.Features/providers/features/read',
  'Microsoft.Features/providers/features/register/action',
  'Microsoft.KeyVault/register/action',
  'Microsoft.KeyVault/checkNameAvailability/read',
  'Microsoft.KeyVault/deletedVaults/read',
  'Microsoft.KeyVault/locations/deletedVaults/read',
  'Microsoft.KeyVault/vaults/read',
  'Microsoft.KeyVault/vaults/write',
  'Microsoft.KeyVault/vaults/accessPolicies/write',
  'Microsoft.Authorization/roleAssignments/read',
  'Microsoft.Authorization/roleDefinitions/read'
]

function assignment(tenantId: string, made: {
  readonly scope: string, readonly role: RoleDefinitionRecord
  readonly principalId: string, readonly principalType: RoleAssignmentRecord['principalType']
}): RoleAssignmentRecord {
  const { scope, role, principalId, principalType } = made
  const name = stableGuid(tenantId, `assignment ${scope} ${role.name} ${principalId}`)
  const createdOn = '2026-01-05T17:00:00.0000000Z'
  return { name, scope, roleDefinition: role.name, principalId, principalType, createdOn }
}

function userId(tenantId: string, person = ''): string {
  return stableGuid(tenantId, `user ${person.toLowerCase()}`)
}
