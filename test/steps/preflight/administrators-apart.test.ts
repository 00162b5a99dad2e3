import { afterEach, describe, expect, test } from 'vitest'
import { delegations, type DelegationRecord } from '../../../local/azure/arm/authorization/delegations.ts'
import { roleEligibilities, type RoleEligibilityRecord } from '../../../local/azure/arm/authorization/eligibility.ts'
import { pageSizes } from '../../../local/azure/core/page-sizes.ts'
import {
  roleAssignments,
  roleDefinitions,
  type RoleAssignmentRecord
} from '../../../local/azure/arm/authorization/roles.ts'
import { users } from '../../../local/azure/graph/directory.ts'
import { groups } from '../../../local/azure/graph/groups.ts'
import { userId } from '../../../local/azure/seed-people.ts'
import { joined } from '../../../src/domain/checks/checks.ts'
import { draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { parseRequest } from '../../../src/domain/request/request.ts'
import { administratorsApart } from '../../../src/steps/preflight/administrators-apart.ts'
import { vaultPlan } from '../../azure/plans.ts'
import { requestFor, subscriptionIds, tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const now = '2026-11-02T17:00:00.000Z'
const alice = userId(tenantId, 'alice@contoso.com')
const somebody = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const inner = '1d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const sub = (slot: 1 | 2) => `/subscriptions/${subscriptionIds[slot]}`
const group = (slot: 1 | 2) => `${sub(slot)}/resourceGroups/rg-contoso-ck-slot${slot}`
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'

const cleaning: (() => void)[] = []
afterEach(() => {
  for (const clean of cleaning.splice(0)) clean()
  simulation.simulated.faults.clear()
})

type Given = Partial<RoleAssignmentRecord> & Pick<RoleAssignmentRecord, 'scope'>

const record = (name: string, given: Given): RoleAssignmentRecord => ({
  name,
  roleDefinition: owner,
  principalId: alice,
  principalType: 'User',
  createdOn: '2026-01-05T17:00:00.0000000Z',
  ...given
})

function holds(given: Given): void {
  const name = `held-${String(cleaning.length)}`
  const { world } = simulation.simulated
  roleAssignments(world).set(name, record(name, given))
  cleaning.push(() => void roleAssignments(world).delete(name))
}

function mayTakeOn(given: Given & Pick<Partial<RoleEligibilityRecord>, 'status'>): void {
  const name = `eligible-${String(cleaning.length)}`
  const { world } = simulation.simulated
  roleEligibilities(world).set(name, { status: 'Provisioned', ...record(name, given) })
  cleaning.push(() => void roleEligibilities(world).delete(name))
}

function grouped(id: string, members: readonly string[]): void {
  const { world } = simulation.simulated
  groups(world).set(id, { id, displayName: 'Somebody', members })
  cleaning.push(() => void groups(world).delete(id))
}

async function look(emergencyAccounts?: readonly string[]) {
  const asked = requestFor({})
  const parsed = parseRequest({
    ...asked,
    organization: { ...asked.organization, ...(emergencyAccounts && { emergencyAccounts }) }
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  const { evidence, findings } = joined(await administratorsApart(simulation.azure, draftPlan(parsed.request), now))
  expect(evidence.map(({ check, held }) => [check, held])).toEqual(
    [1, 2].map(() => ['administrators-apart', findings.length === 0])
  )
  return { evidence, found: findings.map(({ observed, overridable }) => ({ observed, overridable })) }
}

test('whom nobody gave both slots administers one', async () => {
  const { evidence, found } = await look()
  expect(found).toEqual([])
  expect(evidence.map(({ unread, call }) => [unread, call.operation])).toEqual(
    [1, 2].map(() => [undefined, 'LIST role assignments'])
  )
})

describe('who may take on what others hold counts as they do', () => {
  test.each([
    ['at the subscription', sub(2), false],
    ['at the resource group', group(2), false],
    ['at one vault', `${group(2)}/providers/Microsoft.KeyVault/vaults/v`, false],
    ['at one key', `${group(2)}/providers/Microsoft.KeyVault/vaults/v/keys/k`, false],
    ['at a management group', '/providers/Microsoft.Management/managementGroups/root', true],
    ['at the root', '/', true]
  ])('%s', async (_where, scope, overridable) => {
    mayTakeOn({ scope })
    const { found } = await look()
    expect(found).toMatchObject([{ overridable }, { overridable }])
    expect(found[1]?.observed).toContain(`${alice} (person: eligible for Owner at ${scope}`)
  })

  test('but not elsewhere in the subscription, nor what was taken back', async () => {
    mayTakeOn({ scope: `${sub(2)}/resourceGroups/other` })
    mayTakeOn({ scope: sub(2), status: 'Revoked' })
    expect((await look()).found).toEqual([])
  })

  test('on the last page of many', async () => {
    pageSizes(simulation.simulated.world).set('arm', { size: 50 })
    cleaning.push(() => void pageSizes(simulation.simulated.world).delete('arm'))
    for (let index = 0; index < 120; index++) mayTakeOn({ scope: sub(2), principalId: `person-${String(index)}` })
    mayTakeOn({ scope: sub(2) })
    expect((await look()).found).toHaveLength(2)
  })

  test('through a group in a group', async () => {
    grouped(somebody, [inner])
    grouped(inner, [alice])
    mayTakeOn({ scope: sub(2), principalId: somebody, principalType: 'Group' })
    const { found } = await look()
    expect(found[1]).toMatchObject({ overridable: false, observed: expect.stringContaining(`by group ${somebody}`) })
  })

  test('and nothing that only reads', async () => {
    const { world } = simulation.simulated
    const reader = { ...roleDefinitions(world).get(owner), name: 'reader', roleName: 'Reader', actions: ['*/read'] }
    roleDefinitions(world).set('reader', reader as never)
    cleaning.push(() => void roleDefinitions(world).delete('reader'))
    mayTakeOn({ scope: sub(2), roleDefinition: 'reader' })
    expect((await look()).found).toEqual([])
  })
})

describe('eligible roles that cannot be read are said to be unread, and stop nothing', () => {
  const right = 'Microsoft.Authorization/roleEligibilitySchedules/read'

  test('without the right, which is named', async () => {
    const { world } = simulation.simulated
    const all = roleDefinitions(world)
      .values()
      .filter(({ roleName }) => roleName.endsWith('slot 2)'))
    for (const role of all) {
      roleDefinitions(world).set(role.name, { ...role, actions: role.actions.filter((action) => action !== right) })
      cleaning.push(() => void roleDefinitions(world).set(role.name, role))
    }
    mayTakeOn({ scope: sub(2) })
    const { evidence, found } = await look()
    expect(found).toEqual([])
    const unread = `eligible roles (PIM) in ${subscriptionIds[2]}: unread, what lacks is ${right} on ${sub(2)}`
    expect(evidence.map((each) => each.unread)).toEqual([unread, unread])
  })

  test('without a licence for it, in Azure’s own words', async () => {
    simulation.simulated.faults.add({
      service: 'arm',
      operation: 'roleEligibilitySchedules.listForScope',
      kind: 'status',
      status: 400,
      code: 'AadPremiumLicenseRequired',
      message: 'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
      times: 'always'
    })
    const { evidence, found } = await look()
    expect(found).toEqual([])
    expect(evidence[0]?.unread).toContain('AadPremiumLicenseRequired')
    expect(evidence[0]?.unread).toContain('needs to have Microsoft Entra ID P2')
  })

  test('while roles that are held are still found', async () => {
    const faults = { service: 'arm', operation: 'roleEligibilitySchedules.listForScope', kind: 'status' } as const
    simulation.simulated.faults.add({ ...faults, status: 403, code: 'AuthorizationFailed', times: 'always' })
    holds({ scope: sub(2) })
    expect((await look()).found).toHaveLength(2)
  })

  test('but what only passes is waited for, and what cannot be understood is not taken for an answer', async () => {
    const faults = { service: 'arm', operation: 'roleEligibilitySchedules.listForScope', times: 'always' } as const
    const remove = simulation.simulated.faults.add({ ...faults, kind: 'status', status: 503 })
    await expect(look()).rejects.toMatchObject({ kind: 'unavailable' })
    remove()
    simulation.simulated.faults.add({ ...faults, kind: 'answer', says: () => ({ status: 200, json: {} }) })
    await expect(look()).rejects.toMatchObject({ kind: 'unreadable' })
  })
})

describe('who may be in both slots if operators say why', () => {
  test.each([
    {
      who: 'a partner’s group that was given both',
      as: 'ForeignGroup',
      scopeOf: sub,
      kind: 'partner of another tenant'
    },
    { who: 'a program that was given both', as: 'ServicePrincipal', scopeOf: sub, kind: 'program' },
    { who: 'but nobody who was given both', as: 'User', scopeOf: sub, kind: 'person', overridable: false },
    { who: 'somebody who inherits both', as: 'User', scopeOf: () => '/', kind: 'person' }
  ] as const)('$who', async ({ as: principalType, scopeOf, kind, ...rest }) => {
    const { overridable = true } = 'overridable' in rest ? rest : {}
    for (const slot of [1, 2] as const) holds({ scope: scopeOf(slot), principalId: somebody, principalType })
    const { found } = await look()
    expect(found).toMatchObject([{ overridable }, { overridable }])
    expect(found[0]?.observed).toContain(`${somebody} (${kind}: Owner at ${scopeOf(1)}`)
  })

  test('an account for emergencies, where the request names it, and nobody beside it', async () => {
    for (const slot of [1, 2] as const) holds({ scope: sub(slot), principalId: somebody })
    expect((await look([inner])).found).toMatchObject([{ overridable: false }, { overridable: false }])
    expect((await look([somebody.toUpperCase()])).found).toMatchObject([{ overridable: true }, { overridable: true }])
    holds({ scope: sub(2) })
    expect((await look([somebody])).found).toMatchObject([{ overridable: false }, { overridable: false }])
  })
})

describe('what Azure Lighthouse delegates', () => {
  const contributor = [{ principalId: somebody, roleDefinitionId: owner }]
  const delegated = (scope: string, given: Partial<DelegationRecord>): void => {
    const { world } = simulation.simulated
    const name = `delegation-${String(cleaning.length)}`
    delegations(world).set(name, { name, scope, managedByTenantId: 'partner', authorizations: [], ...given })
    cleaning.push(() => void delegations(world).delete(name))
  }

  test.each([
    ['of both subscriptions', sub, { authorizations: contributor }],
    ['that people of the partner may take on', sub, { eligibleAuthorizations: contributor }]
  ] as const)('%s is found, names the tenant, and may stay on a word', async (_what, scopeOf, given) => {
    for (const slot of [1, 2] as const) delegated(scopeOf(slot), given)
    const { found } = await look()
    expect(found).toMatchObject([{ overridable: true }, { overridable: true }])
    expect(found[0]?.observed).toBe(
      `${somebody} (partner of another tenant: Owner at ${sub(1)} delegated to tenant partner)`
    )
  })

  test('of one group and of the other subscription is found as well', async () => {
    await simulation.azure.slot(1).resourceGroups.ensure(vaultPlan(1, 'some'), 'contoso-1')
    delegated(group(1), { authorizations: contributor })
    delegated(sub(2), { authorizations: contributor })
    expect((await look()).found).toHaveLength(2)
  })

  test('of one slot alone is no finding, and unread it is said to be', async () => {
    delegated(sub(1), { authorizations: contributor })
    const faults = { service: 'arm', operation: 'registrationAssignments.list', kind: 'status' } as const
    expect((await look()).found).toEqual([])
    simulation.simulated.faults.add({ ...faults, status: 403, code: 'AuthorizationFailed', times: 'always' })
    const { evidence, found } = await look()
    expect([found, evidence[0]?.unread?.match(/Azure Lighthouse/g)?.length]).toEqual([[], 4])
  })
})

test('whoever is the last of two thousand in a group is in it', async () => {
  const many = Array.from({ length: 2000 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)
  const { world } = simulation.simulated
  for (const id of many.slice(0, 60)) {
    users(world).set(`${id}@contoso.com`, { id, userPrincipalName: `${id}@contoso.com`, displayName: id })
    cleaning.push(() => void users(world).delete(`${id}@contoso.com`))
  }
  grouped(somebody, [...many, alice])
  holds({ scope: sub(2), principalId: somebody, principalType: 'Group' })
  expect((await look()).found).toHaveLength(2)
})
