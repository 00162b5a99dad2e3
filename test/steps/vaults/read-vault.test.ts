import { beforeAll, expect, test } from 'vitest'
import { pageSizes } from '../../../local/azure/core/page-sizes.ts'
import type { SimulatedResponse } from '../../../local/azure/core/service.ts'
import { readVault } from '../../../src/steps/vaults/read-vault.ts'
import { vaultPlan } from '../../azure/plans.ts'
import { tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const own = () => simulation.azure.slot(1)
const some = [1, 2, 3].map((n) => vaultPlan(1, `Contoso-CK-EX-NA-Vault${String(n)}`))
const [vault = vaultPlan(1, 'none')] = some

beforeAll(async () => {
  await own().providers.register(vault.subscriptionId, 'Microsoft.KeyVault')
  await own().resourceGroups.ensure(vault, 'contoso-1')
  for (const each of some) await own().vaults.create(each, { tenantId, onboardingId: 'contoso-1', policyId: 'x/y' })
  await simulation.simulated.clock.advance(60_000)
})

/** Operations about vaults that Azure was asked meanwhile. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const { journal } = simulation.simulated
  const before = journal.entries().length
  await work()
  return journal
    .entries()
    .slice(before)
    .map(({ operation }) => operation)
    .filter((operation) => operation.startsWith('vaults.'))
}

test('a list tells of each vault what a read of it alone does, and is asked for once in a look', async () => {
  const alone = await Promise.all(some.map(async (each) => (await own().vaults.read(each)).value))
  let listed: unknown[] = []
  const calls = await asked(async () => {
    const found = await Promise.all(some.map((each) => readVault(own(), each, 'one look')))
    listed = found.map(({ value }) => value)
  })
  expect([listed, calls]).toEqual([alone, ['vaults.listBySubscription']])
  expect(await asked(() => readVault(own(), vault, 'another look'))).toEqual(['vaults.listBySubscription'])
  expect(await asked(() => readVault(own(), vault, undefined))).toEqual(['vaults.get'])
})

test('each vault cites the very page that it stood in', async () => {
  const sizes = pageSizes(simulation.simulated.world)
  sizes.set('arm', { size: 1 })
  const found = await Promise.all(some.map((each) => readVault(own(), each, 'in pages')))
  sizes.delete('arm')
  const answers = new Map(simulation.simulated.journal.entries().map((entry) => [entry.requestId, entry.said]))
  expect(found.map(({ call }) => answers.get(call.requestId))).toEqual(
    some.map(({ vaultName }) => ({ value: [expect.objectContaining({ name: vaultName })] }))
  )
})

const fault = { service: 'arm', operation: 'vaults.listBySubscription', times: 1 } as const
const without = (answer: SimulatedResponse): SimulatedResponse => ({ ...answer, json: { value: [] } })

test.each([
  ['leaves it out', { ...fault, kind: 'answer' as const, says: without }],
  ['is refused', { ...fault, kind: 'status' as const, status: 403, code: 'AuthorizationFailed' }],
  ['cannot be read', { ...fault, kind: 'answer' as const, says: () => ({ status: 200, json: { value: [{}] } }) }]
])('a vault is not gone because a list %s: it is looked at alone', async (why, made) => {
  simulation.simulated.faults.add(made)
  const calls = await asked(async () => {
    const { value, call } = await readVault(own(), vault, why)
    expect([value?.name, call.operation]).toEqual([vault.vaultName, 'GET vault'])
  })
  expect(calls).toEqual(['vaults.listBySubscription', 'vaults.get'])
})

test('a list that is out of breath is asked again later, and hides behind no other look', async () => {
  simulation.simulated.faults.add({ ...fault, kind: 'status', status: 429, retryAfterSeconds: 600, times: 'always' })
  await expect(readVault(own(), vault, 'throttled')).rejects.toMatchObject({ kind: 'throttled' })
  simulation.simulated.faults.clear()
  expect((await readVault(own(), vault, 'throttled')).value?.name).toBe(vault.vaultName)
})
