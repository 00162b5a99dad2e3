import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventSubscriptions } from '../../local/azure/eventgrid/topic-record.ts'
import { useApp } from '../app/running-app.ts'
import { bring, keptVault, keyChanged, runsOf, tagKey, untilEnded, type KeptVault } from './kept-vault.ts'

const app = useApp({ CKEY_SWEEP_SCHEDULE: '0 0 0 1 1 *' }) // no sweep helps here
let kept: KeptVault
const names = Array.from({ length: 20 }, (_, index) => `Key${String(index + 1).padStart(3, '0')}`)

beforeAll(async () => {
  kept = await keptVault(app, 'Fabri-Kept-VaultA1', names)
  expect(await kept.adopt()).toMatchObject({ status: 200, body: { outcome: 'adopted', keys: names } })
}, 120_000)

/** Each test has minutes of its own, as each run has. */
beforeEach(async () => {
  await untilEnded(app, 'key-backup')
  await app.stage.azure.clock.advance(180_000)
})

const now = (): string => app.stage.azure.clock.nowIso()
const runs = (): number => runsOf(app, 'key-backup').length
const requests = (operation: string): number =>
  app.stage.azure.journal.entries().filter((each) => each.service === 'keyvault' && each.operation === operation).length

async function backupsOf(key: string): Promise<readonly string[]> {
  return (await kept.backups())[key] ?? []
}

test('a vault that is handed over is subscribed to by that, and an event of Event Grid’s own reaches the app', async () => {
  const { world } = app.stage.azure
  expect(eventSubscriptions(world).values()).toMatchObject([
    { source: kept.vaultId, eventDeliverySchema: 'CloudEventSchemaV1_0' }
  ])
  const before = runs()
  await kept.makeKey('Key-Of-Later')
  await app.stage.azure.clock.advance(1000)
  await untilEnded(app, 'key-backup')
  expect(runs()).toBe(before + 1)
  expect(await backupsOf('Key-Of-Later')).toHaveLength(1)
})

describe('events of a key', () => {
  test('back it up once, though each comes ten times and in reverse', async () => {
    const [before, backups] = [runs(), await backupsOf('Key001')]
    const first = now()
    tagKey(app, kept.plan, 'Key001', 'first')
    const second = new Date(Date.parse(first) + 1000).toISOString()
    const events = [keyChanged(kept, 'Key001', first), keyChanged(kept, 'Key001', second)].reverse()
    for (let time = 0; time < 10; time++) await bring(app, events)
    const ended = await untilEnded(app, 'key-backup')
    expect(runs() - before).toBeLessThanOrEqual(2) // two, where a minute ends between the two
    expect(ended.every(({ status }) => status === 'Completed')).toBe(true)
    expect(await backupsOf('Key001')).toHaveLength(backups.length + 1)
  })

  test('that come an hour late find the work of their minute done', async () => {
    const at = now()
    tagKey(app, kept.plan, 'Key002', 'late')
    await bring(app, [keyChanged(kept, 'Key002', at)])
    await untilEnded(app, 'key-backup')
    const [before, asked, backups] = [runs(), requests('keys.backup'), await backupsOf('Key002')]
    await app.stage.azure.clock.advance(3_600_000)
    await bring(app, [keyChanged(kept, 'Key002', at)])
    await untilEnded(app, 'key-backup')
    expect(runs()).toBe(before)
    expect(requests('keys.backup')).toBe(asked)
    expect(await backupsOf('Key002')).toEqual(backups)
  })

  test('for a version or a key that is gone end without harm', async () => {
    await bring(app, [keyChanged(kept, 'Key003', now()), keyChanged(kept, 'No-Such-Key', now())])
    const outcomes = (await untilEnded(app, 'key-backup'))
      .slice()
      .map(({ output }) => (output as { outcome: string }).outcome)
    expect(outcomes).toContain('gone')
    expect(await backupsOf('No-Such-Key')).toEqual([])
  })

  test('in the CloudEvents schema, with names in any case and dates of any kind, count as well', async () => {
    const backups = await backupsOf('Key004')
    tagKey(app, kept.plan, 'Key004', 'cloud')
    await bring(app, [
      {
        specversion: '1.0',
        id: '1',
        source: kept.vaultId,
        type: 'Microsoft.KeyVault.KeyNearExpiry',
        subject: 'Key004',
        time: now(),
        data: {
          id: 'x',
          vaultname: kept.plan.vaultName,
          objecttype: 'Key',
          'ObjectName ': ' key004',
          version: '',
          nbf: '1700000000',
          exp: 1
        }
      }
    ])
    await untilEnded(app, 'key-backup')
    expect(await backupsOf('Key004')).toHaveLength(backups.length + 1)
  })

  test('about the permissions of a vault look at every key in it', async () => {
    tagKey(app, kept.plan, 'Key005', 'seen by the way')
    const backups = await backupsOf('Key005')
    await bring(app, [
      keyChanged(kept, 'Key005', now(), {
        eventType: 'Microsoft.KeyVault.VaultAccessPolicyChanged',
        data: {
          Id: '',
          VaultName: kept.plan.vaultName,
          ObjectType: 'Vault',
          ObjectName: kept.plan.vaultName,
          Version: ''
        }
      })
    ])
    await untilEnded(app, 'key-backup')
    expect(await backupsOf('Key005')).toHaveLength(backups.length + 1)
  })
})

test('a thousand events in one burst make at most two backups per key, and throttle nobody', async () => {
  const before = await kept.backups()
  for (const name of names) tagKey(app, kept.plan, name, 'burst')
  const [asked, at] = [requests('keys.backup'), now()]
  const entries = app.stage.azure.journal.entries().length
  const events = Array.from({ length: 1000 }, (_, index) =>
    keyChanged(kept, names[index % names.length] ?? '', at, { id: `burst ${index}` })
  )
  for (let start = 0; start < events.length; start += 100) await bring(app, events.slice(start, start + 100))
  await untilEnded(app, 'key-backup')
  const after = await kept.backups()
  for (const name of names) expect((after[name] ?? []).length - (before[name] ?? []).length).toBe(1)
  expect(requests('keys.backup') - asked).toBeLessThanOrEqual(2 * names.length)
  const answers = app.stage.azure.journal
    .entries()
    .slice(entries)
    .map(({ status }) => status)
  expect(answers).not.toContain(429)
}, 90_000)

describe('events that are not ours', () => {
  const quiet = async (events: readonly unknown[]): Promise<{ started: number; asked: string[] }> => {
    const [before, seen] = [runs(), app.stage.azure.journal.entries().length]
    await bring(app, events)
    await untilEnded(app, 'key-backup')
    // Each minute the watch asks the store what time it is and which onboardings are open, whatever events say.
    const asked = app.stage.azure.journal
      .entries()
      .slice(seen)
      .filter(({ service, operation }) => service !== 'token' && operation !== 'container.listBlobs')
    return { started: runs() - before, asked: asked.map(({ host, operation }) => `${host} ${operation}`) }
  }

  test.each<[string, (at: string) => unknown]>([
    [
      'of another type',
      (at) => keyChanged(kept, 'Key001', at, { eventType: 'Microsoft.KeyVault.SecretNewVersionCreated' })
    ],
    ['without a moment', (at) => keyChanged(kept, 'Key001', at, { eventTime: 'yesterday' })],
    ['without data', (at) => keyChanged(kept, 'Key001', at, { data: null })],
    ['whose data is a list', (at) => keyChanged(kept, 'Key001', at, { data: [1, 2] })],
    [
      'whose parts disagree',
      (at) => keyChanged(kept, 'Key001', at, { data: { VaultName: 'other', ObjectName: 'Key001' } })
    ],
    ['with a path for a name', (at) => keyChanged(kept, '../../keys/x', at)],
    [
      'of a megabyte',
      (at) =>
        keyChanged(kept, 'Key001', at, { data: { VaultName: kept.plan.vaultName, ObjectName: 'k'.repeat(1_000_000) } })
    ],
    [
      'with a host name in every field',
      () => {
        const host = 'evil.example.com'
        const data = {
          Id: `https://${host}/`,
          VaultName: host,
          ObjectType: host,
          ObjectName: host,
          Version: host,
          NBF: host,
          EXP: host
        }
        return { id: host, topic: host, subject: host, eventType: host, eventTime: host, data, dataVersion: host }
      }
    ]
  ])('%s are taken and dropped', async (_title, forged) => {
    expect(await quiet([forged(now())])).toEqual({ started: 0, asked: [] })
  })

  test('about vaults of another tenant, subscription or name lead to no call of them', async () => {
    const foreign = kept.vaultId.replace(/subscriptions\/[^/]+/, 'subscriptions/99999999-0000-4000-8000-000000000000')
    const other = kept.vaultId.replace(/[^/]+$/, 'somebody-elses-vault')
    const { asked } = await quiet([
      keyChanged(kept, 'Key001', now(), { topic: foreign }),
      keyChanged(kept, 'Key001', now(), {
        topic: other,
        data: {
          VaultName: 'somebody-elses-vault',
          ObjectName: 'Key001',
          Id: 'https://somebody-elses-vault.vault.azure.net/keys/Key001'
        }
      })
    ])
    expect(asked).toEqual([])
  })

  test('from the future end at once, and do not stand in for a true event of that minute', async () => {
    const ahead = new Date(Date.parse(now()) + 3_600_000).toISOString()
    tagKey(app, kept.plan, 'Key006', 'future')
    const backups = await backupsOf('Key006')
    await bring(app, [keyChanged(kept, 'Key006', ahead)])
    await untilEnded(app, 'key-backup')
    await app.stage.azure.clock.advance(3_600_000)
    await bring(app, [keyChanged(kept, 'Key006', ahead)])
    await untilEnded(app, 'key-backup')
    expect((await backupsOf('Key006')).length).toBe(backups.length + 1)
  })
})
