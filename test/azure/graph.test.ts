import { describe, expect, test } from 'vitest'
import { workloads } from '../../src/domain/workloads.ts'
import { tenantId, useSimulation } from './simulation.ts'

const simulation = useSimulation()
const graph = () => simulation.azure.app.graph
const customerKeyPlan = '6db1f1db-2b46-403f-be40-e39395f08dbb'

describe('graph', () => {
  test('lists the licences of the tenant with their service plans', async () => {
    const { value, call } = await graph().subscribedSkus()
    expect(value).toContainEqual(expect.objectContaining({
      skuPartNumber: 'SPE_E5',
      capabilityStatus: 'Enabled',
      servicePlans: expect.arrayContaining([{ id: customerKeyPlan, status: 'Success' }]) as unknown
    }))
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

  test('treats an answer that breaks off as passing', async () => {
    simulation.simulated.faults.add({ service: 'graph', kind: 'truncate', times: 'always' })
    await expect(graph().subscribedSkus()).rejects.toMatchObject({ kind: 'unavailable' })
    simulation.simulated.faults.clear()
  })
})
