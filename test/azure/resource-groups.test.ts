import { describe, expect, test } from 'vitest'
import { vaultPlan } from './plans.ts'
import { useSimulation } from './simulation.ts'

const simulation = useSimulation()
const slot1 = () => simulation.azure.slot(1)

describe('resourceGroups', () => {
  test('creates a group once', async () => {
    const group = { ...vaultPlan(1, 'unused'), resourceGroup: 'rg-new' }
    const first = await slot1().resourceGroups.ensure(group, 'contoso-1')
    const second = await slot1().resourceGroups.ensure(group, 'contoso-1')
    expect([first.value.created, second.value.created]).toEqual([true, false])
    for (const { call } of [first, second]) expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })
})
