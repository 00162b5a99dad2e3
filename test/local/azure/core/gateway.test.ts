import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeServer, listenOnLoopback } from '../../../../local/azure/core/loopback.ts'
import { audience, connectTo, startToyAzure, toys, type Sent, type ToyAzure } from './toy-azure.ts'

let azure: ToyAzure
beforeEach(async () => {
  azure = await startToyAzure()
  toys.length = 0
})
afterEach(() => azure.stop())

const put = (name: string, rest: Sent = {}): Sent => ({
  method: 'PUT',
  path: `/toys/${name}?api-version=2026-01-01`,
  body: 'red',
  ...rest
})
const codeOf = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code
const lastEntry = () => azure.journal.entries().at(-1)

test('a tunnel to any host that is not simulated is refused and journaled', async () => {
  const outside = ['example.com:443', 'login.live.com:443', '8.8.8.8:443', 'management.azure.com:80', 'localhost:22']
  for (const authority of outside) {
    expect([authority, (await connectTo(authority, azure.proxyPort)).status]).toEqual([authority, 403])
    expect(lastEntry()).toMatchObject({ service: 'proxy', operation: 'refused', host: authority, applied: false })
  }
})

test('the proxy dials nobody, not even another listener on this machine', async () => {
  let dialled = 0
  const bystander = createServer(() => {
    dialled += 1
  })
  const port = await listenOnLoopback(bystander)
  expect((await connectTo(`127.0.0.1:${port}`, azure.proxyPort)).status).toBe(403)
  const plain = await fetch(`http://127.0.0.1:${azure.proxyPort}/`, { headers: { host: 'example.com' } })
  expect(plain.status).toBe(403)
  expect(dialled).toBe(0)
  await closeServer(bystander)
})

test('a name its service does not know looks like a name that does not resolve', async () => {
  expect((await connectTo('no-such-vault.vault.azure.net:443', azure.proxyPort)).status).toBe('closed')
  expect(lastEntry()).toMatchObject({ operation: 'no-such-host' })
})

test('a request is carried out, identified and journaled', async () => {
  const reply = await azure.send(put('Car'))
  expect([reply.status, JSON.parse(reply.text)]).toEqual([201, { toy: 'Car', body: 'red', by: 'o1' }])
  expect(reply.headers['date']).toMatch(/^Mon, 23 Nov 2026 17:00/)
  expect(azure.journal.has(String(reply.headers['x-ms-request-id']))).toBe(true)
  expect(lastEntry()).toMatchObject({
    service: 'arm',
    operation: 'toys.put',
    method: 'PUT',
    host: 'management.azure.com',
    path: '/toys/Car',
    status: 201,
    callerClientId: 'c1',
    applied: true
  })
})

test('the journal keeps no query, where signatures live', async () => {
  await azure.send(put('Car', { path: '/toys/Car?api-version=2026-01-01&sig=c2VjcmV0' }))
  expect(JSON.stringify(azure.journal.entries())).not.toContain('c2VjcmV0')
})

test('doubled slashes, a slash before the query, encoded parameter names and other capitals are understood', async () => {
  const paths = [
    '//toys/Car?api-version=2026-01-01',
    '/toys/Car/?api%2Dversion=2026-01-01',
    '/TOYS/Car?Api-Version=2026-01-01'
  ]
  for (const path of paths) {
    expect([path, (await azure.send(put('', { path }))).status]).toEqual([path, 201])
  }
})

test('parameters are decoded, and a scope may be several segments', async () => {
  const reply = await azure.send({ path: '/subscriptions/s1/groups/g%201/boxes/b%2Fc' })
  expect(JSON.parse(reply.text)).toEqual({ scope: 'subscriptions/s1/groups/g 1', box: 'b/c' })
})

test('a path that cannot be decoded is refused', async () => {
  expect((await azure.send({ path: '/x/boxes/%E0%A4' })).status).toBe(400)
})

test('an api-version that is missing or unknown is refused before anything is done', async () => {
  const missing = await azure.send(put('Car', { path: '/toys/Car' }))
  const unknown = await azure.send(put('Car', { path: '/toys/Car?api-version=2099-01-01' }))
  expect([missing.status, codeOf(missing.text)]).toEqual([400, 'MissingApiVersionParameter'])
  expect([unknown.status, codeOf(unknown.text)]).toEqual([400, 'InvalidApiVersionParameter'])
  expect(toys).toEqual([])
})

test('a path without an operation is refused in the words of the service and journaled as unknown', async () => {
  const reply = await azure.send({ path: '/dolls' })
  expect([reply.status, codeOf(reply.text)]).toEqual([404, 'InvalidResourceType'])
  expect(lastEntry()).toMatchObject({ operation: 'unknown', applied: false })
})

test('without a token, with a forged, expired or foreign one, nothing is done', async () => {
  const [header, claims] = azure.token(audience).split('.')
  const tokens = {
    AuthenticationFailed: '',
    InvalidAuthenticationToken: `Bearer ${header}.${claims}.${'A'.repeat(43)}`,
    ExpiredAuthenticationToken: `Bearer ${azure.token(audience, -1)}`,
    InvalidAuthenticationTokenAudience: `Bearer ${azure.token('https://vault.azure.net')}`
  }
  for (const [code, authorization] of Object.entries(tokens)) {
    const reply = await azure.send(put('Car', { headers: { authorization } }))
    expect([reply.status, codeOf(reply.text)]).toEqual([401, code])
  }
  expect(toys).toEqual([])
})

test('a token of another state is forged here', async () => {
  const other = await startToyAzure()
  const reply = await azure.send(put('Car', { headers: { authorization: `Bearer ${other.token(audience)}` } }))
  expect(codeOf(reply.text)).toBe('InvalidAuthenticationToken')
  await other.stop()
})

test('a body above 16 MiB is refused', async () => {
  const reply = await azure.send(put('Car', { body: 'x'.repeat(17 * 1024 * 1024) })).catch(() => 'connection closed')
  expect(reply).toSatisfy((answer) => answer === 'connection closed' || (answer as { status: number }).status === 413)
  expect(toys).toEqual([])
})

test('a bug in a service is an internal server error, not a silence', async () => {
  const reply = await azure.send({ path: '/broken' })
  expect([reply.status, codeOf(reply.text)]).toEqual([500, 'InternalServerError'])
})

test('listeners have heard of what was carried out before its caller has', async () => {
  const order: string[] = []
  azure.applied.push(async ({ operation }) => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    order.push(operation)
  })
  await azure.send(put('Car'))
  order.push('reply')
  await azure.send({ path: '/dolls' })
  expect(order).toEqual(['toys.put', 'reply'])
})

test('a status fault answers in place of the service, as often as it was asked to', async () => {
  azure.faults.add({
    service: 'arm',
    operation: 'toys.put',
    kind: 'status',
    status: 429,
    code: 'TooManyRequests',
    retryAfterSeconds: 7,
    times: 2
  })
  const replies = [await azure.send(put('Car')), await azure.send(put('Car')), await azure.send(put('Car'))]
  const seen = replies.map(({ status, headers }) => [status, headers['retry-after']])
  expect(seen).toEqual([
    [429, '7'],
    [429, '7'],
    [201, undefined]
  ])
  expect(toys).toEqual(['Car'])
  expect(azure.journal.entries().map(({ applied }) => applied)).toEqual([false, false, true])
})

test('a fault of another operation leaves this one alone', async () => {
  azure.faults.add({ service: 'arm', operation: 'boxes.get', kind: 'reset', times: 'always' })
  expect((await azure.send(put('Car'))).status).toBe(201)
})

test('a reset drops the connection with nothing done', async () => {
  azure.faults.add({ service: 'arm', kind: 'reset', times: 1 })
  await expect(azure.send(put('Car'))).rejects.toThrow()
  expect(toys).toEqual([])
})

test('a lost reply drops the connection with everything done', async () => {
  azure.faults.add({ service: 'arm', kind: 'lost-reply', times: 1 })
  await expect(azure.send(put('Car'))).rejects.toThrow()
  expect(toys).toEqual(['Car'])
  expect(lastEntry()).toMatchObject({ operation: 'toys.put', status: 201, applied: true })
})

test('a truncated reply announces more than it brings', async () => {
  azure.faults.add({ service: 'arm', kind: 'truncate', times: 1 })
  await expect(azure.send(put('Car'))).rejects.toThrow()
  expect(toys).toEqual(['Car'])
})

test('a delay only delays', async () => {
  azure.faults.add({ service: 'arm', kind: 'delay', delayMs: 60, times: 1 })
  const before = performance.now()
  expect((await azure.send(put('Car'))).status).toBe(201)
  expect(performance.now() - before).toBeGreaterThan(55)
})
