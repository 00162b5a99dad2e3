import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCaller } from '../../../../local/azure/core/bearer-token.ts'
import { SimulatedClock } from '../../../../local/azure/core/clock.ts'
import { Journal } from '../../../../local/azure/core/journal.ts'
import { StoredWorld, type World } from '../../../../local/azure/core/world.ts'
import { identities } from '../../../../local/azure/token/identities.ts'
import { startTokenServer, type TokenServer } from '../../../../local/azure/token/token-server.ts'

const clientId = 'c0000000-0000-4000-8000-000000000001'
const identity = { name: 'ck-slot1', clientId, objectId: 'o1', tenantId: 't1', graphRoles: [] }
let world: World
let journal: Journal
let server: TokenServer

beforeEach(async () => {
  world = new StoredWorld(':memory:')
  journal = new Journal(world)
  identities(world).set(clientId, identity)
  server = await startTokenServer({ world, journal, clock: new SimulatedClock({ world, mode: 'skip' }) })
})
afterEach(() => server.stop())

const ask = (query: Record<string, string>, headers?: Record<string, string>) =>
  fetch(`${server.environment['IDENTITY_ENDPOINT']}?${new URLSearchParams(query).toString()}`, {
    headers: headers ?? { 'x-identity-header': server.environment['IDENTITY_HEADER'] ?? '' }
  })
const sound = { resource: 'https://vault.azure.net', 'api-version': '2019-08-01', client_id: clientId }

test('an identity of the app gets a token that names it and the audience', async () => {
  const answer = (await (await ask(sound)).json()) as Record<string, string>
  expect(answer).toMatchObject({ resource: 'https://vault.azure.net', token_type: 'Bearer', client_id: clientId })
  expect(Number(answer['expires_on']) * 1000).toBeGreaterThan(Date.now())
  expect(readCaller(`Bearer ${answer['access_token']}`, world.secret)).toEqual({
    clientId,
    objectId: 'o1',
    tenantId: 't1',
    audience: 'https://vault.azure.net'
  })
})

test('a slash after the resource changes nothing about the audience', async () => {
  const answer = (await (await ask({ ...sound, resource: 'https://vault.azure.net/' })).json()) as Record<
    string,
    string
  >
  expect(readCaller(`Bearer ${answer['access_token']}`, world.secret)?.audience).toBe('https://vault.azure.net')
})

test('a client id that belongs to no identity is refused as App Service refuses it', async () => {
  for (const client_id of ['c0000000-0000-4000-8000-000000000009', '']) {
    const answer = await ask({ ...sound, client_id })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('No User Assigned or Delegated Managed Identity found')
  }
})

test('whoever does not know the secret header gets nothing', async () => {
  expect((await ask(sound, { 'x-identity-header': 'guess' })).status).toBe(401)
  expect((await ask(sound, {})).status).toBe(401)
})

test('a request without resource or of another version is refused', async () => {
  expect((await ask({ ...sound, resource: '' })).status).toBe(400)
  expect((await ask({ ...sound, 'api-version': '2017-09-01' })).status).toBe(400)
})

test('the journal says who asked and keeps no token', async () => {
  const answer = (await (await ask(sound)).json()) as Record<string, string>
  const entry = { service: 'token', operation: 'token.get', callerClientId: clientId, applied: true }
  expect(journal.entries()).toMatchObject([entry])
  expect(JSON.stringify(journal.entries())).not.toContain(answer['access_token'])
})
