import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { roleEligibilities, type RoleEligibilityRecord } from '../../../local/azure/arm/authorization/eligibility.ts'
import { roleAssignments, roleDefinitions } from '../../../local/azure/arm/authorization/roles.ts'
import { vaults } from '../../../local/azure/arm/keyvault-management/vault-record.ts'
import { servicePrincipals, users } from '../../../local/azure/graph/directory.ts'
import { groups } from '../../../local/azure/graph/groups.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import { joined } from '../../../src/domain/checks/checks.ts'
import { vaultRole } from '../../../src/domain/checks/vault-role.ts'
import { vaultIdOf } from '../../../src/domain/terms/vault-id.ts'
import { workloads } from '../../../src/domain/terms/workloads.ts'
import { grantRoles } from '../../../src/steps/vaults/grant-roles.ts'
import { lookAtVault, type VaultToLookAt } from '../../../src/steps/vaults/look-at-vault.ts'
import { rulesBroken } from '../../../src/steps/vaults/rules-broken.ts'
import { vaultPlan } from '../../azure/plans.ts'
import { subscriptionIds, tenantId, useSimulation } from '../../azure/simulation.ts'

// What the steps see, by the clients of production, of roles that somebody gave anywhere.

const simulation = useSimulation({ authorization: 'rbac' })
const own = () => simulation.azure.slot(1)
const world = () => simulation.simulated.world
const vault = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const vaultId = vaultIdOf(vault)
const subscription = `/subscriptions/${subscriptionIds[1]}`
const alice = userId(tenantId, 'alice@contoso.com')
const stranger = '77777777-0000-4000-8000-000000000001'
let rules: VaultToLookAt
let administratorRole = ''

beforeAll(async () => {
  await own().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await own().resourceGroups.ensure(vault, 'contoso-1')
  await own().vaults.create(vault, {
    tenantId,
    onboardingId: 'contoso-1',
    policyId: 'exchange/NA',
    authorization: 'rbac'
  })
  await simulation.simulated.clock.advance(60_000)
  const { graph } = simulation.azure.app
  const idOf = async (appId: string) => (await graph.servicePrincipal(appId)).value?.objectId ?? ''
  rules = {
    vault,
    tenantId,
    purpose: 'production',
    authorization: 'rbac',
    workload: 'exchange',
    servicePrincipal: await idOf(workloads.exchange.appId),
    slotIdentity: await idOf(simulation.config.identities['slot-1']),
    administrators: [alice],
    now: '2026-11-02T17:00:00.000Z'
  }
  await grantRoles(own().roleAssignments, {
    ...rules,
    administrators: [alice],
    vault
  } as unknown as Parameters<typeof grantRoles>[1]) // what else a task carries has no part in it
  const { value: custom } = await own().roleAssignments.customRoles(subscriptionIds[1])
  administratorRole = vaultRole(custom, 'administrator')?.id.split('/').at(-1) ?? ''
})

const added: string[] = []
afterEach(() => {
  for (const name of added.splice(0)) roleAssignments(world()).delete(name)
})

interface OwnRole {
  readonly dataActions: readonly string[]
  readonly notDataActions?: readonly string[]
  readonly actions?: readonly string[]
  readonly notActions?: readonly string[]
}

interface Held {
  readonly scope: string
  readonly principalId?: string
  readonly principalType?: 'User' | 'Group' | 'ServicePrincipal'
  /** GUID of a role; or what a role of its own allows. */
  readonly role: string | OwnRole
}

/** As whoever may assign roles there would. */
function give({ scope, principalId = stranger, principalType = 'User', role }: Held): void {
  const name = `88888888-0000-4000-8000-${String(added.length).padStart(12, '0')}`
  const roleDefinition = typeof role === 'string' ? role : name
  if (typeof role !== 'string')
    roleDefinitions(world()).set(name, {
      name,
      roleName: 'Own',
      roleType: 'CustomRole',
      description: '',
      actions: [],
      notActions: [],
      notDataActions: [],
      assignableScopes: [],
      ...role
    })
  roleAssignments(world()).set(name, { name, scope, roleDefinition, principalId, principalType, createdOn: rules.now })
  added.push(name)
}

const found = async (change: Partial<VaultToLookAt> = {}) =>
  joined((await lookAtVault(simulation.azure, { ...rules, ...change })).results).findings.map(({ check }) => check)

const keyScope = `${vaultId}/keys/${vault.keyName}`
const keys = 'Microsoft.KeyVault/vaults/keys'

test('a vault as the app grants it holds every rule', async () => {
  expect(await found()).toEqual([])
})

describe('whoever may delete or purge is found', () => {
  test.each([
    ['a single key', keyScope],
    ['a single key, in other letters', keyScope.toUpperCase()],
    ['the vault', vaultId],
    ['its resource group', `${subscription}/resourceGroups/${vault.resourceGroup}`],
    ['its subscription', subscription],
    ['a management group', '/providers/Microsoft.Management/managementGroups/root'],
    ['the root', '/']
  ])('where the role was given on %s', async (_, scope) => {
    give({ scope, role: { dataActions: [`${keys}/purge/action`] } })
    expect(await found()).toEqual(['vault-no-delete', 'vault-no-others'])
  })

  test.each([
    ['*'],
    ['Microsoft.KeyVault/*'],
    ['microsoft.keyvault/vaults/*/delete'],
    [`${keys}/*`],
    [`${keys}/purge/*`],
    [`${keys}/*/action`]
  ])('by the data action %s on a key', async (dataAction) => {
    give({ scope: keyScope, role: { dataActions: [dataAction] } })
    expect(await found()).toContain('vault-no-delete')
  })

  test.each(['Group', 'ServicePrincipal'] as const)('where a %s holds it', async (principalType) => {
    give({ scope: keyScope, principalType, role: { dataActions: [`${keys}/delete`] } })
    expect(await found()).toContain('vault-no-delete')
  })

  test('where an administrator or the service holds it beside what is theirs', async () => {
    give({ scope: keyScope, principalId: alice, role: { dataActions: [`${keys}/delete`] } })
    expect(await found()).toContain('vault-no-delete')
    give({ scope: keyScope, principalId: rules.servicePrincipal, role: { dataActions: [`${keys}/delete`] } })
    expect(await found()).toContain('vault-no-delete')
  })
})

test.each([
  ['what another vault holds', `${vaultId}2/keys/k`],
  ['another group', `${subscription}/resourceGroups/${vault.resourceGroup}2`],
  ['another subscription', `/subscriptions/${subscriptionIds[2]}`]
])('a role on %s is nothing to this vault', async (_, scope) => {
  give({ scope, role: { dataActions: ['*'] } })
  expect(await found()).toEqual([])
})

test('a role that takes away what it gives is no right, and one that no access policy has a word for is one', async () => {
  give({ scope: keyScope, role: { dataActions: [`${keys}/delete`], notDataActions: [`${keys}/*`] } })
  expect(await found()).toEqual([])
  give({ scope: vaultId, role: { dataActions: ['Microsoft.KeyVault/vaults/storageaccounts/sas/set/action'] } })
  expect(await found()).toEqual(['vault-no-others'])
})

test('who wraps with a single key is named, and the service that may only there cannot use the vault', async () => {
  give({ scope: keyScope, principalType: 'ServicePrincipal', role: { dataActions: [`${keys}/unwrap/action`] } })
  expect(await found()).toEqual(['vault-right-service'])
  const given = roleAssignments(world())
    .values()
    .find(({ principalId }) => principalId === rules.servicePrincipal)
  if (!given) throw new Error('The service has no role.')
  roleAssignments(world()).set(given.name, { ...given, scope: keyScope })
  expect(await found()).toEqual(['vault-service-principal', 'vault-right-service'])
  roleAssignments(world()).set(given.name, given)
})

test('an administrator of one key alone is no administrator of the vault', async () => {
  give({ scope: keyScope, principalId: stranger, role: administratorRole })
  expect(await found({ administrators: [alice, stranger] })).toEqual(['vault-administrators', 'vault-no-others'])
})

describe('the people who can change permissions', () => {
  const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
  const group = '55555555-0000-4000-8000-000000000001'
  const inner = '55555555-0000-4000-8000-000000000002'

  /** Nobody is Owner any more, but for whom the test gives it to. */
  async function with_(held: Omit<Held, 'role' | 'scope'> & { readonly scope?: string }): Promise<string[]> {
    const seeded = roleAssignments(world())
      .values()
      .filter(({ roleDefinition }) => roleDefinition === owner)
    for (const { name } of seeded) roleAssignments(world()).delete(name)
    give({ scope: subscription, role: owner, ...held })
    try {
      return await found()
    } finally {
      for (const each of seeded) roleAssignments(world()).set(each.name, each)
    }
  }
  const members = (...ids: string[]) => {
    groups(world()).set(inner, { id: inner, displayName: 'Inner', members: ids })
    groups(world()).set(group, { id: group, displayName: 'Outer', members: [inner] })
  }
  const none = ['vault-contributor']

  test('are a person, or one in a group in a group', async () => {
    expect(await with_({ principalId: alice })).toEqual([])
    members(rules.slotIdentity, alice)
    expect(await with_({ principalId: group, principalType: 'Group' })).toEqual([])
    expect(await with_({ principalId: alice, scope: '/' })).toEqual([])
  })

  test('are no service principal, alone or in a group, and no group that is empty or gone', async () => {
    const [service] = servicePrincipals(world()).values()
    expect(await with_({ principalId: service?.id ?? '', principalType: 'ServicePrincipal' })).toEqual([
      'vault-grantors', // who may assign roles may give themselves every right
      ...none
    ])
    members(service?.id ?? '')
    expect(await with_({ principalId: group, principalType: 'Group' })).toEqual(none)
    members()
    expect(await with_({ principalId: group, principalType: 'Group' })).toEqual(none)
    groups(world()).delete(group)
    expect(await with_({ principalId: group, principalType: 'Group' })).toEqual(none)
  })

  test('are nobody who has left the directory, and nobody whose role is on a key alone', async () => {
    expect(
      users(world())
        .values()
        .some(({ id }) => id === stranger)
    ).toBe(false)
    expect(await with_({ principalId: stranger })).toEqual(none)
    expect(await with_({ principalId: alice, scope: keyScope })).toEqual(none)
  })
})

describe('a program that could give itself the right to delete', () => {
  const granting = 'Microsoft.Authorization/roleAssignments/write'
  const program = { principalType: 'ServicePrincipal' } as const
  test.each([
    ['a single key', keyScope, [granting]],
    ['the vault', vaultId, ['Microsoft.Authorization/*']],
    ['its resource group', `${subscription}/resourceGroups/${vault.resourceGroup}`, ['*']],
    ['its subscription', subscription, ['microsoft.authorization/roleassignments/*']],
    ['a management group', '/providers/Microsoft.Management/managementGroups/root', ['*/write']]
  ])('is found where its role was given on %s, and may stay on a word', async (_, scope, actions) => {
    give({ scope, ...program, role: { dataActions: [], actions } })
    const { findings } = joined((await lookAtVault(simulation.azure, rules)).results)
    expect(findings).toMatchObject([
      { check: 'vault-grantors', requirement: 'R34', overridable: true, observed: expect.stringContaining(stranger) }
    ])
    expect(findings[0]?.remedy).toContain(`--assignee ${stranger} --role "Own" --scope ${scope}`)
  })

  test('is none where its role takes that away, nor where access policies decide', async () => {
    const role = { dataActions: [], actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }
    give({ scope: subscription, ...program, role })
    expect(await found()).toEqual([])
    give({ scope: subscription, ...program, role: { dataActions: [], actions: ['*'] } })
    expect(await found()).toEqual(['vault-grantors'])
    expect(await found({ authorization: 'access-policies' })).not.toContain('vault-grantors')
  })
})

test.each([
  ['SecuredByPerimeter', 'AzureServices', ['vault-network']],
  ['securedbyperimeter', 'None', ['vault-network']],
  ['Whatever', 'AzureServices', ['vault-network']],
  ['Disabled', 'None', ['vault-network']],
  ['Disabled', 'AzureServices', []],
  ['enabled', 'None', []]
] as const)('public access %s with bypass %s', async (publicNetworkAccess, bypass, codes) => {
  const id = vault.vaultName.toLowerCase()
  const before = vaults(world()).get(id)
  if (!before) throw new Error('There is no vault.')
  const networkAcls = { defaultAction: 'Allow', bypass }
  vaults(world()).set(id, { ...before, properties: { ...before.properties, publicNetworkAccess, networkAcls } })
  expect(await found()).toEqual(codes)
  vaults(world()).set(id, before)
})

describe('whoever may take on a role that deletes or purges', () => {
  const may = (dataActions: readonly string[], change: Partial<RoleEligibilityRecord> = {}) => {
    give({ scope: '/subscriptions/elsewhere', role: { dataActions } })
    const roleDefinition = added.at(-1) ?? ''
    const held = { scope: subscription, principalId: stranger, principalType: 'User', createdOn: rules.now } as const
    roleEligibilities(world()).set('may', { name: 'may', roleDefinition, status: 'Provisioned', ...held, ...change })
  }
  const eligible = async () =>
    joined((await lookAtVault(simulation.azure, rules)).results).evidence.filter(
      ({ check }) => check === 'vault-eligible'
    )
  afterEach(() => void roleEligibilities(world()).delete('may'))

  test.each([subscription, '/', keyScope, '/providers/Microsoft.Management/managementGroups/root'])(
    'is found at %s, and an operator may say who approves it',
    async (scope) => {
      may([`${keys}/*`], { scope })
      const { results } = await lookAtVault(simulation.azure, rules)
      expect(joined(results).findings).toMatchObject([
        {
          check: 'vault-eligible',
          requirement: 'R34',
          overridable: true,
          remedy: expect.stringContaining(`the eligible assignment of Own at ${scope} to ${stranger}`)
        }
      ])
      const { value, call } = await own().vaults.read(vault)
      const now = `a sweep of ${scope}` // those of one moment share their lists
      const told = value && (await rulesBroken(simulation.azure, rules, { seen: { value, call }, now }))
      expect(told?.map(({ check }) => check)).toEqual(['vault-eligible'])
    }
  )

  test('is not whoever may take on another, nor whose eligibility was taken back', async () => {
    may([`${keys}/read`])
    expect(await found()).toEqual([])
    may([`${keys}/delete`], { status: 'Revoked' })
    expect(await found()).toEqual([])
    expect(await eligible()).toMatchObject([{ held: true, call: { operation: 'LIST role eligibility schedules' } }])
  })

  test('is said to be unread where Azure shows nobody, which stops nothing', async () => {
    const refusal = { kind: 'status', status: 403, code: 'AuthorizationFailed', times: 'always' } as const
    const operation = 'roleEligibilitySchedules.listForScope'
    const remove = simulation.simulated.faults.add({ service: 'arm', operation, ...refusal })
    expect(await eligible()).toMatchObject([{ held: true, unread: expect.stringContaining('eligible roles (PIM)') }])
    remove()
  })
})

test('a sweep tells what Azure showed although the directory refuses, and says that it does', async () => {
  give({ scope: keyScope, role: { dataActions: [`${keys}/purge/action`] } })
  simulation.simulated.faults.add({
    service: 'graph',
    operation: 'users.get',
    kind: 'status',
    status: 403,
    code: 'Authorization_RequestDenied',
    times: 1
  })
  const { value, call } = await own().vaults.read(vault)
  if (!value) throw new Error('There is no vault.')
  const { now, ...kept } = rules
  const told = await rulesBroken(simulation.azure, kept, { seen: { value, call }, now })
  expect(told.map(({ check }) => check)).toEqual(['vault-no-delete', 'vault-no-others', 'consent-missing'])
  const others = told.filter(({ check }) => check === 'vault-no-others')
  const besides = async (overridden: { code: string; observed: string }[]) =>
    (await rulesBroken(simulation.azure, { ...kept, overridden }, { seen: { value, call }, now })).map(
      ({ check }) => check
    )
  expect(await besides(others)).toEqual(['vault-no-delete'])
  // Whoever said to go on in spite of one stranger has said nothing of another.
  expect(await besides(others.map(({ code }) => ({ code, observed: 'another stranger' })))).toEqual([
    'vault-no-delete',
    'vault-no-others'
  ])
})
