import { expect, test } from 'vitest'
import { isAllowed, roleDefinitions } from '../../../../../local/azure/arm/authorization/roles.ts'
import { all, principals, refused, useArm } from '../arm-simulation.ts'
import { subscriptionIds } from '../request.ts'

const arm = useArm()
const [own, foreign] = subscriptionIds
const scope = `/subscriptions/${own}`

test('what holds above a vault is found from the vault, with the name of each role', async () => {
  const { roleAssignments, roleDefinitions: definitions } = arm.as(principals.slot1).authorization
  const vault = `${scope}/resourceGroups/x/providers/Microsoft.KeyVault/vaults/y`
  const found = await all(roleAssignments.listForScope(vault, { filter: 'atScope()' }))
  const named = await Promise.all(
    found.map(async ({ principalId, roleDefinitionId = '' }) => [
      principalId,
      (await definitions.getById(roleDefinitionId)).roleName
    ])
  )
  expect(named).toEqual([
    [principals.alice.objectId, 'Owner'],
    [principals.slot1.objectId, 'Customer Key setup (contoso slot 1)'],
    [principals.slot1.objectId, 'Customer Key guard (contoso slot 1)']
  ])
})

test('assignments are listed for a subscription and for one principal', async () => {
  const { roleAssignments } = arm.as(principals.slot1).authorization
  expect(await all(roleAssignments.listForSubscription())).toHaveLength(3)
  const filter = `assignedTo('${principals.slot1.objectId}')`
  const assigned = await all(roleAssignments.listForSubscription({ filter }))
  expect(assigned.map(({ principalType }) => principalType)).toEqual(['ServicePrincipal', 'ServicePrincipal'])
  await refused(all(roleAssignments.listForSubscription({ filter: "name eq 'x'" })), 400, 'UnsupportedQuery')
})

test('roles of the other slot are not to be read, and an unknown role is not there', async () => {
  const { roleAssignments, roleDefinitions: definitions } = arm.as(principals.slot1, foreign).authorization
  await refused(all(roleAssignments.listForSubscription()), 403, 'AuthorizationFailed')
  await refused(definitions.get(`subscriptions/${own}`, own), 404, 'RoleDefinitionDoesNotExist')
})

test('no identity of the app may delete, purge, unregister, assign roles or use keys anywhere', () => {
  const dangerous = [
    'Microsoft.KeyVault/vaults/delete',
    'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    'Microsoft.Features/providers/features/unregister/action',
    'Microsoft.Authorization/roleAssignments/write',
    'Microsoft.Resources/subscriptions/resourceGroups/delete',
    'Microsoft.KeyVault/unregister/action'
  ]
  for (const { objectId: principalId } of [principals.app, principals.slot1, principals.slot2]) {
    for (const place of subscriptionIds.map((sub) => `/subscriptions/${sub}`)) {
      const may = (action: string) => isAllowed(arm.around.world, { principalId, action, scope: place })
      expect(dangerous.filter(may)).toEqual([])
    }
  }
  const custom = roleDefinitions(arm.around.world)
    .values()
    .filter(({ roleType }) => roleType === 'CustomRole')
  expect(custom.flatMap(({ dataActions }) => dataActions)).toEqual([])
})

test('no identity of the app has a right in both subscriptions', () => {
  const action = 'Microsoft.KeyVault/vaults/read'
  const reach = [principals.slot1, principals.slot2, principals.app].map(({ objectId: principalId }) =>
    subscriptionIds.map((sub) =>
      isAllowed(arm.around.world, { principalId, action, scope: `/subscriptions/${sub}/resourceGroups/x` })
    )
  )
  expect(reach).toEqual([
    [true, false],
    [false, true],
    [false, false]
  ])
})

test('wildcards, exceptions and letter case are understood', () => {
  const { world } = arm.around
  const owner = roleDefinitions(world)
    .values()
    .find(({ roleName }) => roleName === 'Owner')
  if (owner === undefined) throw new Error('no owner')
  const narrow = { actions: ['Microsoft.KeyVault/*/read'], notActions: ['Microsoft.KeyVault/vaults/*'] }
  roleDefinitions(world).set(owner.name, { ...owner, ...narrow })
  const principalId = principals.alice.objectId
  const may = (action: string) => isAllowed(world, { principalId, action, scope: scope.toUpperCase() })
  expect(may('microsoft.keyvault/deletedVaults/READ')).toBe(true)
  expect(may('Microsoft.KeyVault/vaults/read')).toBe(false)
  expect(may('Microsoft.KeyVault/deletedVaults/write')).toBe(false)
})

test('a subscription whose id begins like another is another', () => {
  const asked = { principalId: principals.slot1.objectId, action: 'Microsoft.KeyVault/vaults/read' }
  expect(isAllowed(arm.around.world, { ...asked, scope: `${scope}0` })).toBe(false)
  expect(isAllowed(arm.around.world, { ...asked, scope })).toBe(true)
})
