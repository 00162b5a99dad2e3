import { describe, expect, test } from 'vitest'
import { users } from '../../local/azure/graph/directory.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { workloads } from '../../src/domain/terms/workloads.ts'
import { tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const graph = () => simulation.azure.app.graph
const customerKeyPlan = '6db1f1db-2b46-403f-be40-e39395f08dbb'

describe('graph', () => {
  test('lists the licences of the tenant with their service plans', async () => {
    const { value, call } = await graph().subscribedSkus()
    expect(value).toContainEqual(
      expect.objectContaining({
        skuPartNumber: 'SPE_E5',
        capabilityStatus: 'Enabled',
        servicePlans: expect.arrayContaining([{ id: customerKeyPlan, status: 'Success' }]) as unknown
      })
    )
    expect(call).toMatchObject({ operation: 'GET subscribed SKUs', identity: 'app' })
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('names the tenant and its verified domains', async () => {
    const { value } = await graph().organization()
    expect(value.tenantId).toBe(tenantId)
    expect(value.verifiedDomains).toContain('contoso.onmicrosoft.com')
  })

  test('finds the service principal of a workload by its application id', async () => {
    const { value } = await graph().servicePrincipal(workloads.exchange.appId)
    expect(value?.displayName).toBe(workloads.exchange.displayName)
    expect(value?.objectId).not.toBe(workloads.exchange.appId)
  })

  test('finds a person, and says when there is none', async () => {
    expect((await graph().user('alice@contoso.com')).value?.objectId).toMatch(/^[0-9a-f-]{36}$/)
    const { value, call } = await graph().user('mallory@contoso.com')
    expect(value).toBeUndefined()
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
  })

  test('finds everybody in a group, those of groups within it included, over as many pages as there are', async () => {
    const { world } = simulation.simulated
    const [outer, inner] = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'] as const
    const crowd = Array.from(
      { length: 1000 },
      (_, index) => `bbbbbbbb-0000-4000-8000-${String(index).padStart(12, '0')}`
    )
    const alice = users(world).get('alice@contoso.com')?.id ?? ''
    groups(world).set(inner, { id: inner, displayName: 'Inner', members: [alice, outer] }) // in a circle
    groups(world).set(outer, { id: outer, displayName: 'Outer', members: [inner, ...crowd] })
    expect((await graph().group(outer)).value).toEqual({ objectId: outer, displayName: 'Outer' })
    const { value: members } = await graph().transitiveMembers(outer, 50)
    expect(members).toHaveLength(1002)
    expect(members.filter(({ upn }) => upn !== undefined)).toEqual([
      { objectId: alice, upn: 'alice@contoso.com', mail: 'alice@contoso.com' }
    ])
    expect((await graph().group(alice)).value).toBeUndefined()
  })

  test('treats an answer that breaks off as passing', async () => {
    simulation.simulated.faults.add({ service: 'graph', kind: 'truncate', times: 'always' })
    await expect(graph().subscribedSkus()).rejects.toMatchObject({ kind: 'unavailable' })
    simulation.simulated.faults.clear()
  })
})
