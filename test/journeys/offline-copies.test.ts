import { beforeAll, describe, expect, test } from 'vitest'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import { alice, bob, faultsAt, refused, useApp, type Reply } from '../app/running-app.ts'
import { keptVault, sweepOnce, tagKey, type KeptVault } from './kept-vault.ts'
import { play } from './played.ts'
import { oneWorkload } from './requests.ts'

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
      refused(409, { type: 'urn:customer-key:problem:both-copies' })
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

test('what people attest during an onboarding counts from then on', async () => {
  const played = await play(oneWorkload())
  const { azure } = played.stage
  const records = azure.seed.storage.records.name
  await played.start()
  const { handOff } = await played.until((view) => view.status === 'completed')
  const { offlineCopies } = JSON.parse(String(await azure.readBlob(records, 'records', handOff?.name ?? ''))) as HandOff
  expect(offlineCopies).toHaveLength(2)
  for (const { task, at, by, location } of offlineCopies) {
    const name = `offline-copies/slot-${task.slice(-1)}/${at}.json`
    expect(JSON.parse(String(await azure.readBlob(records, 'records', name)))).toMatchObject({ by, location, at })
  }
}, 300_000)
