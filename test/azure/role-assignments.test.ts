import type { CustomRole } from '../../src/domain/resources/role.ts'
import { roleAssignments } from '../../local/azure/arm/authorization/roles.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { vaultIdOf } from '../../src/domain/terms/vault-id.ts'
import { vaultRole } from '../../src/domain/checks/vault-role.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation({ authorization: 'rbac' })
const slot = () => simulation.azure.slot(1)
const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const scope = vaultIdOf(plan)
const definitions = `/subscriptions/${subscriptionIds[1]}/providers/Microsoft.Authorization/roleDefinitions`
const owner = `${definitions}/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`
let self: string
let custom: readonly CustomRole[]

beforeAll(async () => {
  await slot().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await slot().resourceGroups.ensure(plan, 'contoso-1')
  await slot().vaults.create(plan, {
    tenantId,
    onboardingId: 'contoso-1',
    policyId: 'exchange/NA',
    authorization: 'rbac'
  })
  await simulation.simulated.clock.advance(60_000)
  self =
    (await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])).value?.objectId ?? ''
  custom = (await slot().roleAssignments.customRoles(subscriptionIds[1])).value
})

const keeper = (name: string, principalId = self) => ({
  scope,
  name,
  roleId: vaultRole(custom, 'slotIdentity')?.id ?? '',
  principalId,
  isServicePrincipal: true
})

describe('roles of a vault under Azure RBAC', () => {
  test('are found among the customer’s own of that subscription, by what they permit', () => {
    const titles = ['administrator', 'granting', 'guard', 'keeper', 'setup']
    expect(custom.map(({ roleName }) => roleName).toSorted()).toEqual(
      titles.map((title) => `Customer Key ${title} (contoso slot 1)`)
    )
    expect(vaultRole(custom, 'administrator')?.roleName).toBe('Customer Key administrator (contoso slot 1)')
    expect(vaultRole(custom, 'slotIdentity')?.roleName).toBe('Customer Key keeper (contoso slot 1)')
  })

  test('open a vault that is otherwise closed to the app, whatever its access policies say', async () => {
    expect((await slot().vaults.read(plan)).value).toMatchObject({ enableRbacAuthorization: true, accessPolicies: [] })
    await slot().vaults.grant(plan, { tenantId, objectId: self, keys: ['get', 'list', 'create'] })
    await expect(slot().keys.create(plan, 2048)).rejects.toMatchObject({ kind: 'forbidden', status: 403 })
    await slot().roleAssignments.assign(subscriptionIds[1], keeper('11111111-0000-4000-8000-000000000001'))
    await slot().keys.create(plan, 2048)
    expect((await slot().keys.read(plan)).value).toMatchObject({ older: [], rotationExpiry: undefined })
    await expect(slot().keys.restore(plan.vaultName, new Uint8Array(8))).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('are given once, under one name or two', async () => {
    await slot().roleAssignments.assign(subscriptionIds[1], keeper('11111111-0000-4000-8000-000000000001'))
    await slot().roleAssignments.assign(subscriptionIds[1], keeper('11111111-0000-4000-8000-000000000002'))
    const { value } = await slot().roleAssignments.reaching(subscriptionIds[1], scope)
    const held = value.filter(({ roleName }) => roleName.startsWith('Customer Key keeper'))
    expect(held.map(({ principalId, dataActions }) => [principalId, dataActions.length])).toEqual([[self, 5]])
  })

  test('and no other may be given by the app, nor these in the other subscription', async () => {
    const other = { ...keeper('11111111-0000-4000-8000-000000000003'), roleId: owner }
    await expect(slot().roleAssignments.assign(subscriptionIds[1], other)).rejects.toMatchObject({
      kind: 'forbidden',
      status: 403
    })
    const elsewhere = {
      ...keeper('11111111-0000-4000-8000-000000000004'),
      scope: `/subscriptions/${subscriptionIds[2]}`
    }
    await expect(slot().roleAssignments.assign(subscriptionIds[2], elsewhere)).rejects.toMatchObject({
      kind: 'forbidden'
    })
  })

  test('are not changed under their name, and not given to nobody', async () => {
    const taken = keeper('11111111-0000-4000-8000-000000000001', '99999999-0000-4000-8000-000000000009')
    await expect(slot().roleAssignments.assign(subscriptionIds[1], taken)).rejects.toMatchObject({
      code: 'RoleAssignmentUpdateNotPermitted'
    })
    const nobody = {
      ...keeper('11111111-0000-4000-8000-000000000005', '99999999-0000-4000-8000-000000000009'),
      isServicePrincipal: false
    }
    await expect(slot().roleAssignments.assign(subscriptionIds[1], nobody)).rejects.toMatchObject({
      code: 'PrincipalNotFound'
    })
  })
})

test('names the roles that hold at a scope', async () => {
  const whole = `/subscriptions/${subscriptionIds[1]}`
  const { value, call } = await slot().roleAssignments.reaching(subscriptionIds[1], whole)
  expect(value).toContainEqual(expect.objectContaining({ roleName: 'Owner', scope: whole }))
  expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
})

test('all vaults of one look share one list of a subscription, and another look has its own', async () => {
  const whole = `/subscriptions/${subscriptionIds[1]}`
  const look = async (name: string, resource: string) =>
    (await slot().roleAssignments.reaching(subscriptionIds[1], resource, name)).call.requestId
  const first = await look('sweep 1', scope)
  expect([await look('sweep 1', whole), await look('sweep 1', scope)]).toEqual([first, first])
  expect(await look('sweep 2', scope)).not.toBe(first)
})

test('a shared list that was refused is asked for anew', async () => {
  simulation.simulated.faults.add({
    service: 'arm',
    operation: 'roleAssignments.listForScope',
    kind: 'status',
    status: 403,
    code: 'AuthorizationFailed',
    times: 1
  })
  const ask = () => slot().roleAssignments.reaching(subscriptionIds[1], scope, 'sweep 3')
  await expect(ask()).rejects.toMatchObject({ kind: 'forbidden' })
  expect((await ask()).value.length).toBeGreaterThan(0)
})

describe('what one identity holds in its subscription', () => {
  const held = async () =>
    (await slot().roleAssignments.heldBy(subscriptionIds[1], self)).value.map(
      ({ roleName, scope: at, principalId }) => [roleName, at, principalId]
    )
  const outer = '55555555-0000-4000-8000-000000000001'
  const inner = '55555555-0000-4000-8000-000000000002'
  const whole = `/subscriptions/${subscriptionIds[1]}`

  test.for([
    ['above it', '/providers/Microsoft.Management/managementGroups/root', 'itself'],
    ['at a resource group', `${whole}/resourceGroups/rg-contoso-ck-slot1`, 'itself'],
    ['at a vault', scope, 'itself'],
    ['at a vault, through a group in a group', scope, 'group'],
    ['at the subscription, through a group in a group', whole, 'group']
  ] as const)('is seen where it is assigned %s', async ([, at, by]) => {
    const { world } = simulation.simulated
    groups(world).set(inner, { id: inner, displayName: 'Inner', members: [self] })
    groups(world).set(outer, { id: outer, displayName: 'Outer', members: [inner] })
    const principalId = by === 'itself' ? self : outer
    const name = '66666666-0000-4000-8000-000000000001'
    const before = await held()
    roleAssignments(world).set(name, {
      name,
      scope: at,
      roleDefinition: owner.split('/').at(-1) ?? '',
      principalId,
      principalType: by === 'itself' ? 'ServicePrincipal' : 'Group',
      createdOn: '2026-01-05T17:00:00.0000000Z'
    })
    expect(await held()).toEqual([...before, ['Owner', at, principalId]])
    roleAssignments(world).delete(name)
  })

  test('is not what others hold, nor what a group of others holds', async () => {
    expect((await held()).filter(([, , principalId]) => principalId !== self)).toEqual([])
  })
})
