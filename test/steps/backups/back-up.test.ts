import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { SimulatedResponse } from '../../../local/azure/core/service.ts'
import { readManifest } from '../../../src/records/backup-manifest.ts'
import { backUp } from '../../../src/steps/backups/back-up.ts'
import { vaultPlan } from '../../azure/plans.ts'
import { subscriptionIds, tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const now = '2026-11-02T17:30:00.000Z'
const own = () => simulation.azure.slot(1)
const permissions = ['get', 'list', 'create', 'update', 'backup', 'getrotationpolicy']
let count = 0
let key = vaultPlan(1, 'Contoso-CK-EX-NA-VaultA1')

beforeAll(async () => {
  await own().providers.register(subscriptionIds[1], 'Microsoft.KeyVault')
  await own().resourceGroups.ensure(key, 'contoso-1')
  await own().vaults.create(key, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  await simulation.simulated.clock.advance(60_000)
  const self = await simulation.azure.app.graph.servicePrincipal(simulation.config.identities['slot-1'])
  await own().vaults.grant(key, { tenantId, objectId: self.value?.objectId ?? '', keys: permissions })
})
beforeEach(async () => {
  simulation.simulated.faults.clear()
  await simulation.simulated.clock.advance(60_000)
  key = { ...key, keyName: `Key${String(++count)}` }
  await own().keys.create(key, 2048)
})

/** What a blob's head or content is said to be, once. */
function lie(
  operation: 'blob.getProperties' | 'blob.get',
  says: (answer: SimulatedResponse) => SimulatedResponse
): void {
  simulation.simulated.faults.add({ service: 'storage', operation, kind: 'answer', says, times: 1 })
}

const manifests = async (): Promise<number> =>
  (await own().store.list('backups', `${key.vaultName}/${key.keyName}/`)).value.filter((name) => name.endsWith('.json'))
    .length

test('the head of an absent backup, answered with yes, leaves no manifest; asked again, all is made', async () => {
  for (const headers of [{}, emptyHead]) {
    lie('blob.getProperties', () => ({ status: 200, headers }))
    await expect(backUp(own(), key, now)).rejects.toThrow(/cannot be read/)
    expect(await manifests()).toBe(0)
  }
  const { name, seen } = (await backUp(own(), key, now)) ?? {}
  expect(seen?.size).toBeGreaterThan(0)
  expect((await readManifest(own().store, name ?? ''))?.sha256).toBe(seen?.storedSha256)
})

test('content that is not what was given to the store has no manifest, however it came', async () => {
  lie('blob.get', ({ headers = {}, ...answer }) => {
    const { 'content-md5': _md5, 'Content-MD5': _other, ...rest } = headers
    return { ...answer, headers: rest, body: Buffer.alloc(answer.body?.length ?? 0, 'x') }
  })
  await expect(backUp(own(), key, now)).rejects.toThrow(/SHA-256 [0-9a-f]{64} were read where .* was given SHA-256/)
  expect(await manifests()).toBe(0)
  expect(await backUp(own(), key, now)).toBeDefined()
  expect(await manifests()).toBe(1)
})

/** As of a blob of no bytes. */
const emptyHead = {
  'content-length': '0',
  etag: '"0x1"',
  'last-modified': 'Mon, 02 Nov 2026 17:00:00 GMT',
  'x-ms-creation-time': 'Mon, 02 Nov 2026 17:00:00 GMT',
  'x-ms-blob-type': 'BlockBlob'
}
