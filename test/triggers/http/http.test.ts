import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startHostProcess } from '../../local/host/host-process.ts'
import { alice, refused, useApp } from '../../app/running-app.ts'
import { fabrikam } from '../../app/requests.ts'

const app = useApp()
const routes = [
  ['GET', '/api/onboardings'],
  ['GET', '/api/onboardings/fabrikam-1'],
  ['POST', '/api/onboardings'],
  ['POST', '/api/plans'],
  ['POST', '/api/onboardings/fabrikam-1/tasks/cancel']
] as const

describe('who acts', () => {
  test.for(routes)('%s %s is refused while nobody is signed in, whatever a caller claims', async ([method, path]) => {
    const body = method === 'POST' ? { body: fabrikam() } : {}
    const forged = {
      'x-ms-client-principal-name': alice,
      'X-MS-CLIENT-PRINCIPAL-ID': '1',
      'x-ms-client-principal': Buffer.from(
        JSON.stringify({ claims: [{ typ: 'preferred_username', val: alice }] })
      ).toString('base64')
    }
    expect(await app.ask(path, { method, ...body })).toMatchObject(refused(401))
    expect(await app.ask(path, { method, ...body, headers: forged })).toMatchObject(refused(401))
  })

  test('a claimed principal never stands beside the one who is signed in', async () => {
    await app.start(fabrikam({ id: 'forged' }))
    await app.until('forged', (view) => view.step === 'offers')
    const reply = await app.ask('/api/onboardings/forged/tasks/cancel', {
      method: 'POST',
      actor: 'mallory@fabrikam.com',
      headers: { 'x-ms-client-principal-name': alice, 'x-local-roles': 'Operator' },
      body: { reason: 'because I can do it' }
    })
    expect(reply).toMatchObject(refused(403, { title: expect.stringContaining('mallory@fabrikam.com') }))
    await app.end('forged')
  })
})

describe('what is no route', () => {
  test.for([
    ['an unknown route', 'GET', '/api/nowhere', [404]],
    ['a route without the prefix', 'GET', '/onboardings', [404]],
    ['one segment too many', 'GET', '/api/onboardings/a/b', [404]],
    ['a wrong method', 'DELETE', '/api/onboardings', [404, 405]],
    ['a wrong method where another would do', 'GET', '/api/plans', [404, 405]],
    ['a wrong method of a task', 'PUT', '/api/onboardings/a/tasks/cancel', [404, 405]],
    ['a path that cannot be decoded', 'GET', '/api/onboardings/%zz', [400]],
    ['a path cut within a character', 'GET', '/api/onboardings/%E0%A4', [400]],
    ['a task whose name cannot be decoded', 'POST', '/api/onboardings/a/tasks/%', [400]]
  ] as const)('%s gets an empty answer', async ([, method, path, statuses]) => {
    const reply = await app.ask(path, { method, actor: alice })
    expect(statuses).toContain(reply.status)
    expect(reply.text).toBe('')
  })
})

describe('bad app settings', () => {
  test('stop the start, and every fault is listed at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ckey-settings-'))
    const started = startHostProcess({
      app: 'src/app.ts',
      state: join(folder, 'host.sqlite'),
      env: {
        CKEY_APP_CLIENT_ID: 'not-a-guid',
        CKEY_SLOT1_CLIENT_ID: '00000000-0000-0000-0000-000000000002',
        CKEY_SLOT2_CLIENT_ID: '00000000-0000-0000-0000-000000000002',
        CKEY_RECORDS_STORE_URL: 'http://records.example.com',
        CKEY_CALENDAR_ZONE: 'Mars/Olympus',
        CKEY_SLA_BUSINESS_DAYS: '0'
      }
    })
    const complaint = await started.then(
      () => 'it started',
      (error: unknown) => String(error)
    )
    rmSync(folder, { recursive: true })
    for (const fault of [
      'CKEY_APP_CLIENT_ID: must be',
      'CKEY_SLOT2_CLIENT_ID: must differ',
      'CKEY_RECORDS_STORE_URL: must be',
      'CKEY_SLOT1_STORE_URL: is missing',
      'CKEY_SLOT2_STORE_URL: is missing',
      'CKEY_MAIL_ENDPOINT: is missing',
      'CKEY_MAIL_SENDER: is missing',
      'CKEY_CALENDAR_ZONE: must be',
      'CKEY_SLA_BUSINESS_DAYS: must be'
    ])
      expect(complaint).toContain(fault)
  })
})
