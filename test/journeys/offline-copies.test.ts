import { beforeAll, describe, expect, test } from 'vitest'
import { tenants } from '../../local/azure/graph/directory.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import { alice, bob, faultsAt, refused, useApp, type Reply } from '../app/running-app.ts'
import { keptVault, sweepOnce, tagKey, type KeptVault } from './kept-vault.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'
import { altered } from './spoil.ts'

const app = useApp()
const day = 86_400_000
let kept: KeptVault

beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Copied-VaultA1', ['Key001'])
  expect(await kept.adopt()).toMatchObject({ status: 200 })
}, 120_000)

const attest = (actor: string, body: unknown): Promise<Reply> =>
  app.ask('/api/backups/offline-copies', { method: 'POST', actor, body })
const codes = ({ findings }: Awaited<ReturnType<typeof sweepOnce>>): string[] => findings.map(({ code }) => code)
const overdue = 'offline-copy-fabri-copied-vaulta1-key001'

describe('a backup that is newer than its offline copy', () => {
  test('asks for another, and is overdue after fourteen days', async () => {
    const first = await sweepOnce(app)
    expect([first.uncopied, codes(first)]).toEqual([1, expect.not.arrayContaining([overdue])])
    await app.stage.azure.clock.advance(13 * day)
    expect(codes(await sweepOnce(app))).not.toContain(overdue)
    await app.stage.azure.clock.advance(2 * day)
    const late = await sweepOnce(app)
    expect(late.findings.find(({ code }) => code === overdue)).toMatchObject({
      requirement: 'R45',
      overridable: false,
      observed: expect.stringContaining('offline copy never'),
      remedy: expect.stringContaining('ckey attest-copy --slot 1')
    })
  })

  test('is attested by a person, never by one for both slots, and a faulty word changes nothing', async () => {
    expect(await attest(alice, { slot: 3, location: '' })).toMatchObject(
      refused(422, { faults: faultsAt('/slot', '/location') })
    )
    expect(await attest(alice, { slot: 1, location: 'Safe 12' })).toMatchObject({
      status: 200,
      body: { slot: 1, by: alice }
    })
    expect(await attest(alice, { slot: 2, location: 'Safe 12' })).toMatchObject(
      refused(403, { type: 'urn:customer-key:problem:not-yours' })
    )
    expect(await attest(bob, { slot: 2, location: 'Safe 14' })).toMatchObject({
      status: 200,
      body: { slot: 2, by: bob }
    })
    const swept = await sweepOnce(app)
    expect([swept.uncopied, codes(swept)]).toEqual([0, expect.not.arrayContaining([overdue])])
  })

  test('comes with the next change of the key', async () => {
    tagKey(app, kept.plan, 'Key001', 'changed')
    expect(await sweepOnce(app)).toMatchObject({ uncopied: 1, behind: 0 })
  })
})

test('what people attest during an onboarding counts from then on, and of the backups that were there alone', {
  timeout: 300_000
}, async () => {
  const played = await play(oneWorkload())
  const { azure, api } = played.stage
  const { vaultName, keyName } = played.plan.policies[0]?.vaults[0] ?? { vaultName: '', keyName: '' }
  const records = azure.seed.storage.records.name
  await played.start()
  await played.until(({ step }) => step === 'waiting-on-microsoft')
  const cure = altered(tenants, 'tenant', (tenant) => ({ ...tenant, skus: [] }))(azure)
  await played.until(({ findings }) => findings.some(({ code }) => code === 'licence-tenant'))
  // The copies are attested by now. Whoever touches a key makes another state of it, which is backed up anew.
  await azure.clock.advance(60_000)
  const updated = Math.floor(azure.clock.now() / 1000)
  altered(keysOf, `${vaultName}/${keyName}`.toLowerCase(), (key) => ({
    ...key,
    versions: key.versions.map((version) => ({ ...version, updated, tags: { touched: 'yes' } }))
  }))(azure)
  cure()
  expect(await played.answer('retry-licence-tenant', alice, {})).toBe(202)
  const { findings } = await played.until((view) => view.findings.some(({ requirement }) => requirement === 'R45'))
  const code = `backup-copied-${vaultName.toLowerCase()}`
  expect(findings).toMatchObject([{ code, overridable: true, remedy: expect.stringContaining('attest-copy --slot 1') }])
  expect(findings[0]?.observed).toMatch(/^version [0-9a-f]{32} backed up 2026-.*, offline copy attested 2026-/)

  await azure.clock.advance(60_000)
  expect(await api.post('backups/offline-copies', alice, { slot: 1, location: 'Safe 7' })).toMatchObject({
    status: 200
  })
  expect(await played.answer(`retry-${code}`, alice, {})).toBe(202)
  const { handOff } = await played.until((view) => view.status === 'completed')
  const document = JSON.parse(String(await azure.readBlob(records, 'records', handOff?.name ?? ''))) as HandOff
  const { offlineCopies } = document
  expect(offlineCopies.map(({ task, covers = [] }) => [task, covers.length])).toEqual([
    ['attest-offline-1', 0],
    ['attest-offline-2', 1],
    ['attest-offline-1', 1]
  ])
  for (const { task, at, by, location } of offlineCopies) {
    const name = `offline-copies/slot-${task.slice(-1)}/${at}.json`
    expect(JSON.parse(String(await azure.readBlob(records, 'records', name)))).toMatchObject({ by, location, at })
  }
  expect(document.requirements.find(({ id }) => id === 'R45')).toMatchObject({
    status: 'proved · attested',
    words: offlineCopies.map(({ task, by, at }) => ({ task, by, at, in: 'offlineCopies' }))
  })
})
