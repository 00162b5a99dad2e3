import roles from '../../infra/roles.json' with { type: 'json' }
import type { RoleAssignmentRecord, RoleDefinitionRecord } from './arm/authorization/roles.ts'
import type { Seed, SeedRequest, SeedSubscription } from './seed-shape.ts'
import { isGroup } from './group-ids.ts'
import { objectIdOf } from './seed-people.ts'
import { stableGuid } from './stable-guid.ts'
import type { Identity } from './token/identities.ts'

/** Each slot's identity may set up its own subscription and nothing else; its first operator owns it (R11, R35). */
export function seedRoles({
  tenantId,
  namePrefix,
  slots,
  identities,
  authorization
}: {
  readonly tenantId: string
  readonly namePrefix: string
  readonly slots: readonly SeedSubscription[]
  readonly identities: readonly Identity[]
  readonly authorization: SeedRequest['authorization']
}): Pick<Seed, 'roleDefinitions' | 'roleAssignments'> {
  const roleDefinitions = [OWNER, ENCRYPTION_USER]
  const roleAssignments: RoleAssignmentRecord[] = []
  for (const [index, { slot, id, operators }] of slots.entries()) {
    const scope = `/subscriptions/${id}`
    const setup = slotRole('setup', { tenantId, namePrefix, slot, scope })
    const guard = slotRole('guard', { tenantId, namePrefix, slot, scope })
    const principalId = identities[index]?.objectId ?? ''
    roleDefinitions.push(setup, guard)
    roleAssignments.push(
      assignment(tenantId, {
        scope,
        role: OWNER,
        principalId: objectIdOf(tenantId, operators[0]),
        principalType: isGroup(operators[0] ?? '') ? 'Group' : 'User'
      }),
      assignment(tenantId, { scope, role: setup, principalId, principalType: 'ServicePrincipal' }),
      assignment(tenantId, { scope, role: guard, principalId, principalType: 'ServicePrincipal' })
    )
    if (authorization !== 'rbac') continue
    const byRoles = rolesOfVaults({ tenantId, namePrefix, slot, scope }, principalId)
    roleDefinitions.push(...byRoles.roleDefinitions)
    roleAssignments.push(...byRoles.roleAssignments)
  }
  return { roleDefinitions, roleAssignments }
}

/** Where Azure RBAC guards the vaults: their roles, and the right of the slot's identity to give these and no other. */
function rolesOfVaults(slot: SlotScope, principalId: string): Pick<Seed, 'roleDefinitions' | 'roleAssignments'> {
  const vaultRoles = [slotRole('administrator', slot), slotRole('keeper', slot)]
  const granting = slotRole('granting', slot)
  const guids = [ENCRYPTION_USER, ...vaultRoles].map(({ name }) => name).join(', ')
  const condition = `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${guids}}`
  const given = assignment(slot.tenantId, {
    scope: slot.scope,
    role: granting,
    principalId,
    principalType: 'ServicePrincipal'
  })
  return { roleDefinitions: [...vaultRoles, granting], roleAssignments: [{ ...given, condition }] }
}

const OWNER: RoleDefinitionRecord = {
  name: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  roleName: 'Owner',
  roleType: 'BuiltInRole',
  description: 'Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.',
  actions: ['*'],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  assignableScopes: ['/']
}

/** What Microsoft's applications get where Azure RBAC guards a vault. */
const ENCRYPTION_USER: RoleDefinitionRecord = {
  name: 'e147488a-f6f5-4113-8e2d-b22465e65bf6',
  roleName: 'Key Vault Crypto Service Encryption User',
  roleType: 'BuiltInRole',
  description: 'Read metadata of keys and perform wrap/unwrap operations.',
  actions: [
    'Microsoft.EventGrid/eventSubscriptions/write',
    'Microsoft.EventGrid/eventSubscriptions/read',
    'Microsoft.EventGrid/eventSubscriptions/delete'
  ],
  notActions: [],
  dataActions: [
    'Microsoft.KeyVault/vaults/keys/read',
    'Microsoft.KeyVault/vaults/keys/wrap/action',
    'Microsoft.KeyVault/vaults/keys/unwrap/action'
  ],
  notDataActions: [],
  assignableScopes: ['/']
}

interface SlotScope {
  readonly tenantId: string
  readonly namePrefix: string
  readonly slot: number
  /** Its subscription. */
  readonly scope: string
}

/** One of the roles that `infra/slot.bicep` makes, from the same file: a rehearsal grants what Azure will grant. */
function slotRole(
  kind: 'setup' | 'guard' | 'granting' | 'administrator' | 'keeper',
  { tenantId, namePrefix, slot, scope }: SlotScope
): RoleDefinitionRecord {
  const { name, description, actions, dataActions } = roles[kind]
  return {
    name: stableGuid(tenantId, `role ${kind} ${slot}`),
    roleName: `${name} (${namePrefix.toLowerCase()} slot ${slot})`,
    roleType: 'CustomRole',
    description,
    actions,
    notActions: [],
    dataActions,
    notDataActions: [],
    assignableScopes: [scope]
  }
}

function assignment(
  tenantId: string,
  made: {
    readonly scope: string
    readonly role: RoleDefinitionRecord
    readonly principalId: string
    readonly principalType: RoleAssignmentRecord['principalType']
  }
): RoleAssignmentRecord {
  const { scope, role, principalId, principalType } = made
  const name = stableGuid(tenantId, `assignment ${scope} ${role.name} ${principalId}`)
  const createdOn = '2026-01-05T17:00:00.0000000Z'
  return { name, scope, roleDefinition: role.name, principalId, principalType, createdOn }
}
