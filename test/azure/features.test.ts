import { retentions } from '../../local/azure/arm/features/retention.ts'
import { describe, expect, test } from 'vitest'
import { subscriptionIds, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const slot1 = () => simulation.azure.slot(1)

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
