import { vaults as vaultRecords } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { describe, expect, test } from 'vitest'
import type { OwnResources } from '../../src/domain/terms/own-resource.ts'
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
    const ours = { vaultNames: [plan.vaultName.toUpperCase()], resourceGroups: [plan.resourceGroup] }
    const foreign = async (own: OwnResources) => {
      const { value, call } = await slot1().subscriptions.resources(subscriptionIds[1], own)
      return { value: value.foreign, call }
    }
    const own = await foreign(ours)
    expect(own.value).toEqual([])
    expect(simulation.simulated.journal.has(own.call.requestId)).toBe(true)

    // Names decide, tags do not. Tag Contributor: “Lets you manage tags on entities, without providing access to the entities
    // themselves.” https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    const records = vaultRecords(simulation.simulated.world)
    const record = records.get(plan.vaultName.toLowerCase())
    if (!record) throw new Error('the vault was not made')
    records.set(plan.vaultName.toLowerCase(), { ...record, tags: {} })
    expect((await foreign(ours)).value).toEqual([])
    const copy = { ...record, name: 'Planted', id: record.id.replace(/[^/]+$/, 'Planted') }
    records.set('planted', copy)
    expect((await foreign(ours)).value).toEqual([copy.id])
    records.delete('planted')
    expect((await foreign({ ...ours, vaultNames: [] })).value).toEqual([record.id])
  })
})
