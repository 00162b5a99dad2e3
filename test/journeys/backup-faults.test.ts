import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventSubscriptions } from '../../local/azure/eventgrid/topic-record.ts'
import { setManners } from '../../local/azure/eventgrid/manners.ts'
import { keysOf } from '../../local/azure/keyvault/key-record.ts'
import { giveSetupRolesAgain, removeSetupRole } from '../../local/azure/setup-roles.ts'
import { readManifest } from '../../src/records/backup-manifest.ts'
import { alice, useApp } from '../app/running-app.ts'
import { bring, keptVault, keyChanged, runsOf, sweepOnce, tagKey, untilEnded, type KeptVault } from './kept-vault.ts'

const app = useApp()
let kept: KeptVault
const names = ['Key001', 'Key002', 'Key003', 'Key004', 'Key005', 'Key006']
const azure = () => app.stage.azure
const now = (): string => azure().clock.nowIso()

beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Kept-VaultA1', names)
  await kept.adopt()
}, 120_000)

beforeEach(async () => {
  await untilEnded(app, 'key-backup')
  await azure().clock.advance(180_000)
})

const backupsOf = async (key: string): Promise<readonly string[]> => (await kept.backups())[key] ?? []

const manifestOf = (backup: string) => readManifest(kept.own.store, backup)

describe('a sweep', () => {
  test('backs up what changed without an event, and tells when each key changed and was backed up', async () => {
    const before = await backupsOf('Key001')
    tagKey(app, kept.plan, 'Key001', 'silent')
    const report = await sweepOnce(app)
    expect(await backupsOf('Key001')).toHaveLength(before.length + 1)
    const { status, body } = await app.ask('/api/backups', { actor: alice })
    const all = { vaults: 1, keys: names.length, behind: 0, lagSeconds: 0, unknown: 0 }
    expect({ status, body }).toMatchObject({ status: 200, body: { state: 'completed', sweep: all } })
    const key = report.widest.find(({ keyName }) => keyName === 'Key001')
    expect(Date.parse(key?.backedUpAt ?? '') - Date.parse(key?.changedAt ?? '')).toBeLessThanOrEqual(900_000)
  })

  test('reports disabled, expiring, expired and deleted keys', async () => {
    const keys = keysOf(azure().world)
    const seconds = Math.floor(azure().clock.now() / 1000)
    const change = (name: string, changed: object) => {
      const id = `${kept.plan.vaultName}/${name}`.toLowerCase()
      const key = keys.get(id)
      if (key) keys.set(id, { ...key, versions: key.versions.map((each) => ({ ...each, ...changed })) })
      return () => {
        if (key) keys.set(id, key)
      }
    }
    const undo = [
      change('Key002', { enabled: false }),
      change('Key003', { expires: seconds + 86_400 }),
      change('Key004', { expires: seconds - 60 })
    ]
    const lost = keys.get(`${kept.plan.vaultName}/Key006`.toLowerCase())
    keys.delete(`${kept.plan.vaultName}/Key006`.toLowerCase())
    const { findings } = await sweepOnce(app)
    for (const each of undo) each()
    if (lost) keys.set(`${kept.plan.vaultName}/Key006`.toLowerCase(), lost)
    const found = findings.map(
      ({ code, resource, observed }) =>
        `${code.replace(/-fabri.*/, '')} ${resource} ${observed.replace(/[0-9a-f]{32}/, 'v')}`
    )
    expect(found.sort()).toEqual([
      'key-not-expired Fabri-Kept-VaultA1/Key004 expired: v',
      'key-not-expiring Fabri-Kept-VaultA1/Key003 expires soon: v',
      'key-versions-enabled Fabri-Kept-VaultA1/Key002 disabled: v',
      'keys-there Fabri-Kept-VaultA1 gone: Key006'
    ])
  })

  test('says of a key with more than 500 versions that none will be made, and goes on with the others', async () => {
    const keys = keysOf(azure().world)
    const id = `${kept.plan.vaultName}/Key005`.toLowerCase()
    const key = keys.get(id)
    const [version] = key?.versions ?? []
    if (!key || !version) throw new Error('there is no key to have versions')
    const many = Array.from({ length: 501 }, (_, index) => ({
      ...version,
      version: index.toString(16).padStart(32, '0')
    }))
    keys.set(id, { ...key, versions: many })
    const before = await backupsOf('Key005')
    const { findings, keys: seen } = await sweepOnce(app)
    keys.set(id, key)
    expect(seen).toBe(names.length)
    expect(await backupsOf('Key005')).toEqual(before)
    expect(findings).toMatchObject([
      { requirement: 'R45', observed: '501 versions', resource: 'Fabri-Kept-VaultA1/Key005', overridable: false }
    ])
  })
})

describe('while Azure fails', () => {
  test('throttling with Retry-After by Key Vault and Storage only delays a backup', async () => {
    const before = await backupsOf('Key001')
    tagKey(app, kept.plan, 'Key001', 'throttled')
    for (const throttled of [
      { service: 'keyvault', operation: 'keys.backup', status: 429, code: 'Throttled' },
      { service: 'storage', operation: 'blob.put', status: 503, code: 'ServerBusy' }
    ] as const)
      azure().faults.add({ ...throttled, kind: 'status', retryAfterSeconds: 30, times: 2 })
    await bring(app, [keyChanged(kept, 'Key001', now())])
    const runs = await untilEnded(app, 'key-backup')
    expect(runs.at(-1)?.status).toBe('Completed')
    expect(await backupsOf('Key001')).toHaveLength(before.length + 1)
  })

  test('storage down for an hour leaves the run unfailed, shows the lag, and is made up for by the sweep', async () => {
    const before = await backupsOf('Key002')
    tagKey(app, kept.plan, 'Key002', 'no store')
    azure().faults.add({ service: 'storage', kind: 'status', status: 503, code: 'ServerBusy', times: 'always' })
    await bring(app, [keyChanged(kept, 'Key002', now())])
    const runs = await untilEnded(app, 'key-backup')
    for (let minutes = 0; minutes < 50; minutes += 10) {
      expect(await sweepOnce(app)).toMatchObject({ vaults: 1, keys: 0, unknown: 1 })
    }
    azure().faults.clear()
    expect(runs.some(({ output }) => (output as { outcome: string }).outcome === 'put-off')).toBe(true)
    expect(runs.every(({ status }) => status === 'Completed')).toBe(true)
    await untilEnded(app, 'sweep')
    const report = await sweepOnce(app)
    expect(report).toMatchObject({ behind: 0, findingCount: 0 })
    expect(await backupsOf('Key002')).toHaveLength(before.length + 1)
    expect(report.widest[0]).toMatchObject({ keyName: 'Key002' })
    expect(report.widest[0]?.gapSeconds).toBeGreaterThan(3000)
  }, 120_000)

  test('events that Event Grid brings ten times, an hour late and in reverse are all answered', async () => {
    setManners(azure().world, { copies: 10, delayMs: 3_600_000, reversed: true })
    await kept.makeKey('Key007')
    await kept.makeKey('Key008')
    setManners(azure().world, { copies: 1, delayMs: 0, reversed: false })
    await azure().clock.advance(3 * 3_600_000)
    const runs = await untilEnded(app, 'key-backup')
    expect(runs.every(({ status }) => status === 'Completed')).toBe(true)
    expect(await backupsOf('Key007')).toHaveLength(1)
    expect(await backupsOf('Key008')).toHaveLength(1)
  })
})

test('events that the app refuses lie in the slot’s store as dead letters, and each sweep says so until they are taken away', async () => {
  expect(await sweepOnce(app)).toMatchObject({ deadLetters: 0 })
  const [subscription] = eventSubscriptions(azure().world).values()
  if (!subscription) throw new Error('the vault has no event subscription')
  const id = subscription.id.toLowerCase()
  eventSubscriptions(azure().world).set(id, {
    ...subscription,
    endpointUrl: subscription.endpointUrl.replace(/code=.*/, 'code=an-old-key')
  })
  await kept.makeKey('Key009')
  expect(await sweepOnce(app)).toMatchObject({ deadLetters: 1, behind: 0 })
  expect(await backupsOf('Key009')).toHaveLength(1)
  eventSubscriptions(azure().world).set(id, subscription)
  const {
    value: [name = '']
  } = await kept.own.store.list('dead-letters', '')
  expect(name).toMatch(/^CUSTOMER-KEY\/2026\/\d+\/\d+\/\d+\/[0-9a-f-]{36}\.json$/)
  const { value } = await kept.own.store.read({ container: 'dead-letters', name })
  const [letter] = JSON.parse(new TextDecoder().decode(value?.bytes)) as [object]
  expect(letter).toMatchObject({
    type: 'Microsoft.KeyVault.KeyNewVersionCreated',
    subject: 'Key009',
    deadletterreason: 'The webhook refused it.'
  })
})

describe('an event subscription that somebody took away', () => {
  const id = (): string =>
    eventSubscriptions(azure().world)
      .values()
      .map((each) => each.id.toLowerCase())[0] ?? ''
  const codes = async (): Promise<string[]> => (await sweepOnce(app)).findings.map(({ code }) => code)

  test('is found by the sweep, and made again when the vault is handed over once more', async () => {
    eventSubscriptions(azure().world).delete(id())
    expect(await codes()).toEqual(['events-subscribed-fabri-kept-vaulta1'])
    expect(await kept.adopt()).toMatchObject({ status: 200, body: { outcome: 'adopted' } })
    expect(await codes()).toEqual([])
  })

  test('is not made by an app that has given its role back; what it lacks is said', async () => {
    eventSubscriptions(azure().world).delete(id())
    removeSetupRole(azure().world, 1)
    const { body } = await kept.adopt()
    expect(body).toMatchObject({
      findings: [{ code: 'vault-reachable', observed: expect.stringContaining('Microsoft.EventGrid/') as string }]
    })
    giveSetupRolesAgain(azure().world, azure().seed)
    expect(await kept.adopt()).toMatchObject({ status: 200 })
  })
})

describe('a host that dies', () => {
  test.each([
    ['between backup and write', 'keyvault', 'keys.backup', 'Key003'],
    ['between blob and manifest', 'storage', 'blob.put', 'Key004']
  ])(
    '%s leaves one backup, whose manifest is of what is stored',
    async (_title, service, operation, key) => {
      const before = await backupsOf(key)
      tagKey(app, kept.plan, key, 'crash')
      let kills = 0
      azure().onApplied((entry) => {
        if (kills > 0 || entry.service !== service || entry.operation !== operation) return
        if (operation === 'blob.put' && !entry.path.endsWith('.keybackup')) return
        kills += 1
        app.stage.host.kill()
      })
      await bring(app, [keyChanged(kept, key, now())])
      await untilEnded(app, 'key-backup')
      await untilEnded(app, 'sweep')
      expect(kills).toBe(1)
      const made = (await backupsOf(key)).filter((name) => !before.includes(name))
      expect(made).toHaveLength(1)
      const { value } = await kept.own.store.read({ container: 'backups', name: made[0] ?? '' })
      const manifest = await manifestOf(made[0] ?? '')
      expect(manifest).toMatchObject({
        size: value?.bytes.length,
        keyName: key,
        securityWorld: { geography: 'Europe' }
      })
      const digest = await crypto.subtle.digest('SHA-256', Buffer.from(value?.bytes ?? []))
      expect(manifest?.sha256).toBe(Buffer.from(digest).toString('hex'))
    },
    90_000
  )
})

test('runs that ended are forgotten after seven days', async () => {
  await untilEnded(app, 'key-backup')
  expect(runsOf(app, 'key-backup').length).toBeGreaterThan(0)
  await azure().clock.advance(9 * 86_400_000)
  for (let look = 0; look < 200 && runsOf(app, 'key-backup').length > 0; look++)
    await new Promise((resume) => setTimeout(resume, 50))
  expect(runsOf(app, 'key-backup')).toEqual([])
})
