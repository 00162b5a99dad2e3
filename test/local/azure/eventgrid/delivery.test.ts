import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { announceKeyVersion } from '../../../../local/azure/eventgrid/announce-key-version.ts'
import { deadLetters } from '../../../../local/azure/eventgrid/delivery.ts'
import type { EventSubscriptionRecord } from '../../../../local/azure/eventgrid/topic-record.ts'
import { eventGridTo } from '../../../../local/azure/eventgrid/webhook.ts'
import { facts } from '../../../contract/facts.ts'
import { faultsOfPosted } from '../../../contract/fits-event.ts'
import { freshSurroundings, putVault, subscribeTo, textLike } from '../data-planes.ts'

interface Posted {
  readonly url: string
  readonly type: string
  readonly body: unknown
  /** Simulated seconds since the event. */
  readonly after: number
}

let around: Surroundings
let answer = 200
let posted: Posted[] = []
let announcedAt = 0

const webhook = createServer((request, reply) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const after = Math.round((around.clock.now() - announcedAt) / 1000)
    const body: unknown = JSON.parse(Buffer.concat(parts).toString())
    posted.push({ url: request.url ?? '', type: String(request.headers['aeg-event-type']), body, after })
    reply.writeHead(answer).end()
  })
})

beforeEach(async () => {
  await new Promise<void>((resolve) => {
    webhook.listen(0, '127.0.0.1', resolve)
  })
  around = freshSurroundings()
  answer = 200
  posted = []
})
afterEach(() => {
  webhook.close()
  expect(
    posted.flatMap(({ body }) => faultsOfPosted(facts, body)),
    'what Event Grid posted'
  ).toEqual([])
})

const vault = () => putVault({ name: 'Contoso-CK-EX-VaultA1' }, around)

function subscribe(change: Partial<EventSubscriptionRecord> = {}): void {
  const { port } = webhook.address() as AddressInfo // it listens on TCP
  subscribeTo(vault(), `http://127.0.0.1:${port}`, { around, ...change })
}

function announce(): void {
  announcedAt = around.clock.now()
  announceKeyVersion({ vault: vault(), key: 'Some-Key', version: { version: 'a'.repeat(32) } }, around)
}

const minutes = (count: number): number => count * 60_000

describe('an event of a new key version', () => {
  const data = {
    Id: `https://contoso-ck-ex-vaulta1.vault.azure.net/keys/Some-Key/${'a'.repeat(32)}`,
    VaultName: 'contoso-ck-ex-vaulta1',
    ObjectType: 'Key',
    ObjectName: 'Some-Key',
    Version: 'a'.repeat(32),
    NBF: null,
    EXP: null
  }

  test('is posted once, as one CloudEvent, to the whole address of the webhook', async () => {
    subscribe()
    announce()
    await around.clock.advance(minutes(60))
    expect(posted).toMatchObject([
      {
        url: '/runtime/webhooks/EventGrid?functionName=key-event&code=k',
        type: 'Notification',
        after: 0,
        body: {
          source: textLike(/\/vaults\/Contoso-CK-EX-VaultA1$/),
          subject: 'Some-Key',
          specversion: '1.0',
          type: 'Microsoft.KeyVault.KeyNewVersionCreated',
          time: textLike(/^2026-01-05T17:00:/),
          data
        }
      }
    ])
  })

  test('is an array of one in the Event Grid schema for whoever subscribed to that', async () => {
    subscribe({ eventDeliverySchema: 'EventGridSchema' })
    announce()
    await around.clock.advance(minutes(60))
    expect(posted).toMatchObject([
      {
        body: [
          {
            topic: textLike(/\/vaults\/Contoso-CK-EX-VaultA1$/),
            subject: 'Some-Key',
            eventType: 'Microsoft.KeyVault.KeyNewVersionCreated',
            dataVersion: '1',
            metadataVersion: '1',
            eventTime: textLike(/^2026-01-05T17:00:/),
            data
          }
        ]
      }
    ])
  })

  test('is nothing to anybody while no event subscription wants it', async () => {
    subscribe({ includedEventTypes: ['Microsoft.KeyVault.KeyExpired'] })
    announce()
    await around.clock.advance(minutes(60))
    expect(posted).toEqual([])
    expect(deadLetters(around.world).values()).toEqual([])
  })

  test('is brought again after 10 s, 30 s, 1, 5, 10, 30 minutes, then hourly, while the webhook fails', async () => {
    subscribe()
    answer = 503
    announce()
    await around.clock.advance(minutes(180))
    expect(posted.map((each) => each.after)).toEqual([0, 10, 40, 100, 400, 1000, 2800, 6400, 10000])
  })

  test('is not brought again once it has arrived', async () => {
    subscribe()
    answer = 500
    announce()
    await around.clock.advance(5000)
    answer = 202
    await around.clock.advance(minutes(600))
    expect(posted.map((each) => each.after)).toEqual([0, 10])
  })

  test('waits for a webhook that comes only later', async () => {
    subscribeTo(vault(), 'http://127.0.0.1:1', { around })
    announce()
    await around.clock.advance(minutes(2))
    subscribe()
    await around.clock.advance(minutes(60))
    expect(posted).toHaveLength(1)
    expect(posted[0]?.after).toBe(400)
  })

  test('is brought again when nobody listened', async () => {
    subscribe()
    webhook.close()
    announce()
    await around.clock.advance(5000)
    await new Promise<void>((resolve) => {
      webhook.listen(0, '127.0.0.1', resolve)
    })
    subscribe()
    await around.clock.advance(minutes(1))
    expect(posted).toHaveLength(1)
  })

  test('is given up after 24 hours', async () => {
    subscribe()
    answer = 503
    announce()
    await around.clock.advance(minutes(60 * 48))
    expect(posted.at(-1)?.after).toBeLessThanOrEqual(86_400)
    expect(posted.at(-1)?.after).toBeGreaterThan(82_800)
    expect(deadLetters(around.world).values()).toMatchObject([{ reason: 'It could not be delivered in time.' }])
  })

  test.each([400, 401, 403, 413])('is given up at once when the webhook answers %i', async (status) => {
    subscribe()
    answer = status
    announce()
    await around.clock.advance(minutes(60))
    expect(posted).toHaveLength(1)
    expect(deadLetters(around.world).values()).toMatchObject([{ reason: 'The webhook refused it.' }])
  })
})

test('events go nowhere but to this machine', () => {
  const outside = { hostBase: 'https://contoso.com', publicHost: 'app.azurewebsites.net' }
  expect(() => {
    eventGridTo(around.world, outside)
  }).toThrow(/127\.0\.0\.1/)
})
