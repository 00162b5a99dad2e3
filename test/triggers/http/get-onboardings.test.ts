import { beforeAll, describe, expect, test } from 'vitest'
import { alice, faultsAt, refused, useApp } from '../../app/running-app.ts'
import { another, fabrikam } from '../../app/requests.ts'

const app = useApp()
const get = (path: string) => app.ask(path, { actor: alice })

interface Page {
  readonly items: readonly { readonly id: string; readonly status: string }[]
  readonly continuation?: string
}

const pageOf = async (query: string): Promise<Page> => (await get(`/api/onboardings${query}`)).body as Page

/** Each of a tenant of its own, so that all may run. */
const ids = ['row-a', 'row-b', 'row-c', 'row-d', 'row-e']

beforeAll(async () => {
  await app.start(fabrikam({ id: 'row-ended' }))
  await app.end('row-ended')
  for (const [index, id] of ids.entries()) {
    await app.stage.azure.clock.advance(1000) // Durable Functions tells of starts by the second
    await app.start(another(id, `11111111-2222-4333-8444-55555555555${String(index)}`))
    await app.until(id, (view) => view.findings.length > 0)
  }
}, 60_000)

describe('GET /api/onboardings', () => {
  test('lists every onboarding, by its id, with whose turn it is', async () => {
    const { items, continuation } = await pageOf('')
    expect(items.map((item) => item.id)).toEqual([...ids, 'row-ended'])
    expect(continuation).toBeUndefined()
    expect([items.at(-1), items[0]]).toEqual([
      {
        id: 'row-ended',
        organization: fabrikam().organization,
        purpose: 'production',
        status: 'cancelled',
        waitingOn: 'nobody',
        due: null,
        zone: 'America/Los_Angeles'
      },
      {
        id: 'row-a',
        organization: another('', '11111111-2222-4333-8444-555555555550').organization,
        purpose: 'production',
        status: 'running',
        waitingOn: 'people',
        due: null,
        zone: 'America/Los_Angeles'
      }
    ])
  })

  test.for([
    ['?status=running', ids],
    ['?status=cancelled', ['row-ended']],
    ['?status=completed', []],
    ['?limit=200', [...ids, 'row-ended']]
  ] as const)('%s', async ([query, expected]) => {
    expect((await pageOf(query)).items.map((item) => item.id)).toEqual(expected)
  })

  test('pages of any size hold every onboarding once, in one order', async () => {
    for (const limit of [1, 2, 3, 6])
      expect([limit, await allPages(`limit=${String(limit)}`)]).toEqual([limit, [...ids, 'row-ended']])
    expect(await allPages('limit=2&status=running')).toEqual(ids)
  })

  test('a page goes on after its continuation even when that one no longer has the status asked for', async () => {
    const { continuation = '' } = await pageOf('?status=running&limit=2')
    await app.end('row-b')
    const { items } = await pageOf(`?status=running&limit=2&continuation=${continuation}`)
    expect(items.map((item) => item.id)).toEqual(['row-c', 'row-d'])
  })

  test.for([
    ['?limit=0', '/limit'],
    ['?limit=201', '/limit'],
    ['?limit=many', '/limit'],
    ['?limit=1.5', '/limit'],
    ['?limit=', '/limit'],
    ['?status=sleeping', '/status'],
    ['?status=failed', '/status'],
    ['?status=', '/status'],
    ['?continuation=nobody-knows', '/continuation'],
    ['?colour=red', '/colour']
  ] as const)('%s is refused with a fault at %s', async ([query, path]) => {
    expect(await get(`/api/onboardings${query}`)).toMatchObject(refused(400, { faults: faultsAt(path) }))
  })

  test('every fault of a query comes at once', async () => {
    const reply = await get('/api/onboardings?limit=0&status=sleeping&colour=red')
    expect(reply).toMatchObject(refused(400, { faults: faultsAt('/limit', '/status', '/colour') }))
  })
})

describe('GET /api/onboardings/{id}', () => {
  test('shows where it stands, and keeps event names and instance ids to itself', async () => {
    const { status, text, body } = await get('/api/onboardings/row-a')
    expect([status, body]).toMatchObject([
      200,
      { id: 'row-a', status: 'running', step: 'preflight', waitingOn: 'people' }
    ])
    expect(text).not.toMatch(/"(event|instance|wake)"/)
    expect(text).not.toContain('onboarding.row-a')
  })

  test('is an empty-handed 404 where there is no such onboarding', async () => {
    for (const id of ['nobody', 'ROW-A', '..', '%2e%2e', 'a%2Fb', 'x'.repeat(300), '%C3%BC', "'%20or%201=1"]) {
      expect([id, (await get(`/api/onboardings/${id}`)).status]).toEqual([id, 404])
    }
    expect(await get('/api/onboardings/nobody')).toMatchObject(refused(404))
  })
})

async function allPages(query: string): Promise<string[]> {
  const found: string[] = []
  for (let continuation: string | undefined = ''; continuation !== undefined; ) {
    const page = await pageOf(`?${query}${continuation && `&continuation=${continuation}`}`)
    found.push(...page.items.map((item) => item.id))
    if (found.length > 50) throw new Error(`The pages never end: ${found.join(' ')}`)
    continuation = page.continuation
  }
  return found
}
