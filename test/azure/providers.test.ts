import { describe, expect, test } from 'vitest'
import { lags } from '../../local/azure/arm/replica.ts'
import { registeredProviders } from '../../local/azure/arm/resources/records.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const plan = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')
const slot1 = () => simulation.azure.slot(1)

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

  test('takes a while over a new one, and takes no resource of it before it is done', async () => {
    const { world, clock } = simulation.simulated
    lags(world).set('providers', { ms: 60_000 })
    registeredProviders(world).delete(`${subscriptionIds[1]}/microsoft.keyvault`)
    const state = async () => (await slot1().providers.keyVault(subscriptionIds[1])).value.state
    expect(await state()).toBe('NotRegistered')
    expect((await slot1().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')).value).toBe('Registering')
    await slot1().resourceGroups.ensure(plan, 'contoso-1')
    const create = () => slot1().vaults.create(plan, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
    await expect(create()).rejects.toMatchObject({ code: 'MissingSubscriptionRegistration' })
    await clock.advance(30_000)
    // Asking again neither hastens nor delays it.
    expect((await slot1().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')).value).toBe('Registering')
    await clock.advance(31_000)
    expect(await state()).toBe('Registered')
    expect((await slot1().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')).value).toBe('Registered')
    await create()
  })
})
