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
  test('is refused in Azure’s own words: a role that is lost is no proxy on the way', async () => {
    simulation.simulated.faults.add({
      service: 'arm',
      operation: 'resourceGroups.get',
      kind: 'status',
      status: 403,
      code: 'AuthorizationFailed',
      times: 1
    })
    await expect(slot1().resourceGroups.ensure(vaultPlan(1, 'unused'), 'contoso-1')).rejects.toMatchObject({
      refused: { cause: 'role-missing' }
    })
  })
})
