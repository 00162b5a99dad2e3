import { describe, expect, test } from 'vitest'
import { subscriptionIds, useSimulation } from './simulation.ts'

const simulation = useSimulation()
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
})
