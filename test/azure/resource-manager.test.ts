import { retentions } from '../../local/azure/arm/features/retention.ts'
import { describe, expect, test } from 'vitest'
import { vaults as vaultRecords } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const slot1 = () => simulation.azure.slot(1)

describe('subscriptions', () => {
  test('tells state, tenant and offer of a subscription, and which call said so', async () => {
    const { value, call } = await slot1().subscriptions.get(subscriptionIds[1])
    expect(value).toMatchObject({
      id: subscriptionIds[1],
      state: 'Enabled',
      tenantId,
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off'
    })
    expect(call).toMatchObject({ operation: 'GET subscription', identity: 'slot-1' })
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('tells what an onboarding made from what was there before', async () => {
    const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
    await slot1().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
    await slot1().resourceGroups.ensure(plan, 'contoso-1')
    await slot1().vaults.create(plan, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
    const own = await slot1().subscriptions.foreignResources(subscriptionIds[1])
    expect(own.value).toEqual([])
    expect(simulation.simulated.journal.has(own.call.requestId)).toBe(true)

    const records = vaultRecords(simulation.simulated.world)
    const record = records.get(plan.vaultName.toLowerCase())
    if (!record) throw new Error('the vault was not made')
    records.set(plan.vaultName.toLowerCase(), { ...record, tags: {} })
    expect((await slot1().subscriptions.foreignResources(subscriptionIds[1])).value).toEqual([record.id])
  })
})

describe('features', () => {
  test('registers the retention period and reads its state back', async () => {
    expect((await slot1().features.state(subscriptionIds[1])).value).toBe('NotRegistered')
    expect((await slot1().features.register(subscriptionIds[1])).value).toBe('Pending')
    const { value, call } = await slot1().features.state(subscriptionIds[1])
    expect(value).toBe('Pending')
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('tells who approved it and when, once somebody has', async () => {
    const { world } = simulation.simulated
    expect((await slot1().features.approval(subscriptionIds[1])).value).toBeUndefined()
    const before = retentions(world).get(subscriptionIds[1])
    retentions(world).set(subscriptionIds[1], {
      subscriptionId: subscriptionIds[1],
      ...before,
      approvedAt: Date.parse('2026-11-30T23:31:00Z')
    })
    expect((await slot1().features.approval(subscriptionIds[1])).value).toEqual({
      at: '2026-11-30T23:31:00.000Z',
      by: 'Customer Key onboarding'
    })
    if (before) retentions(world).set(subscriptionIds[1], before)
  })
})

describe('providers', () => {
  test('registers Key Vault with the subscription', async () => {
    await slot1().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
    const { value, call } = await slot1().providers.keyVault(subscriptionIds[1])
    expect(value).toMatchObject({
      state: 'Registered',
      regions: expect.arrayContaining(['westus2', 'westeurope']) as string[]
    })
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })
})

describe('resourceGroups', () => {
  test('creates a group once', async () => {
    const group = { ...vaultPlan(1, 'unused'), resourceGroup: 'rg-new' }
    const first = await slot1().resourceGroups.ensure(group, 'contoso-1')
    const second = await slot1().resourceGroups.ensure(group, 'contoso-1')
    expect([first.value.created, second.value.created]).toEqual([true, false])
    for (const { call } of [first, second]) expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })
})

describe('roleAssignments', () => {
  test('names the roles that hold at a scope', async () => {
    const scope = `/subscriptions/${subscriptionIds[1]}`
    const { value, call } = await slot1().roleAssignments.listForScope(subscriptionIds[1], scope)
    expect(value).toContainEqual(expect.objectContaining({ roleName: 'Owner', scope }))
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })
})
