import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { release } from '../../../src/domain/terms/release.ts'
import { alice, bob, refused, useApp, type Sent } from '../../app/running-app.ts'
import { fabrikam } from '../../app/requests.ts'

const app = useApp()
const as = (actor: string, roles: string, sent: Sent = {}): Sent => ({
  ...sent,
  actor,
  headers: { 'x-local-roles': roles }
})
const task = (name: string): string => `/api/onboardings/roles/tasks/${name}`
const offer = { requestId: 'FT-1', officers: [{ name: 'Olga', email: 'olga@fabrikam.com' }] }
const lacks = (role: string): object =>
  refused(403, {
    type: 'urn:customer-key:problem:lacks-role',
    title: expect.stringContaining(role),
    detail: expect.stringContaining(role)
  })

describe('what people may do by their roles of the app', () => {
  let digest = ''
  beforeAll(async () => {
    const request = fabrikam({ id: 'roles' })
    await app.start(request)
    digest = ((await app.ask('/api/plans', { method: 'POST', actor: alice, body: request })).body as { digest: string })
      .digest
    await app.until('roles', (view) => view.step === 'offers')
  })
  afterAll(() => app.end('roles'))

  test.for(['/api/onboardings', '/api/onboardings/roles', '/api/openapi.json', '/api/ui'])(
    '%s is for whoever has any of them, and for nobody else',
    async (path) => {
      for (const role of ['Reader', 'Operator', 'Approver', 'Auditor, Reader']) {
        expect((await app.ask(path, as('carol@fabrikam.com', role))).status).toBe(200)
      }
      for (const role of ['', 'Auditor', 'reader'])
        expect((await app.ask(path, as('carol@fabrikam.com', role))).status).toBe(403)
    }
  )

  test('only an operator starts, hands over vaults and answers', async () => {
    const start = { method: 'POST', body: fabrikam({ id: 'another' }) }
    expect(await app.ask('/api/onboardings', as(alice, 'Reader,Approver', start))).toMatchObject(lacks('Operator'))
    expect(await app.ask('/api/vaults', as(alice, 'Reader', { method: 'POST', body: {} }))).toMatchObject(
      lacks('Operator')
    )
    expect((await app.ask('/api/ui/start', as(alice, 'Reader', { method: 'POST', raw: '' }))).status).toBe(403)
    const first = (await app.view('roles')).tasks.find(({ name }) => name.startsWith('offer-'))?.name ?? ''
    expect(await app.ask(task(first), as(alice, 'Reader,Approver', { method: 'POST', body: offer }))).toMatchObject(
      lacks('Operator')
    )
    expect(
      await app.ask(task('cancel'), as(alice, 'Reader', { method: 'POST', body: { reason: 'a reader says so' } }))
    ).toMatchObject(lacks('Operator'))
    expect((await app.ask(task(first), as(alice, 'Operator', { method: 'POST', body: offer }))).status).toBe(202)
  })

  test('whoever the sign-in does not know by object id changes nothing, whatever roles they have', async () => {
    const say = (path: string, body: object) =>
      app.ask(path, { method: 'POST', actor: alice, headers: { 'x-local-ids': 'none' }, body })
    const unknown = refused(401, { type: 'urn:customer-key:problem:no-object-id' })
    expect(await say(task('cancel'), { reason: 'nobody knows who says so' })).toMatchObject(unknown)
    expect(await say(task('take-over'), { reason: 'nobody knows who says so' })).toMatchObject(unknown)
    expect(await say('/api/onboardings', fabrikam({ id: 'by-nobody' }))).toMatchObject(unknown)
    expect(await say('/api/vaults', {})).toMatchObject(unknown)
    expect(await say('/api/backups/offline-copies', {})).toMatchObject(unknown)
    expect(await app.view('roles')).toMatchObject({ status: 'running', step: 'offers', halted: null })
  })

  test('an operator halts, and only an approver has a new instance take over', async () => {
    const reason = { method: 'POST', body: { reason: 'the instance seems gone' } }
    expect(await app.ask(task('take-over'), as(alice, 'Operator', reason))).toMatchObject(lacks('Approver'))
    expect(await app.ask(task('halt'), as(alice, 'Reader,Approver', reason))).toMatchObject(lacks('Operator'))
  })

  test('only an approver approves, and only their own slot', async () => {
    for (;;) {
      const { tasks, step } = await app.until('roles', (view) => view.tasks.some(({ optional }) => !optional))
      if (step === 'approvals') break
      for (const { name } of tasks.filter((each) => each.name.startsWith('offer-'))) {
        await app.ask(
          task(name),
          as(alice, 'Operator', { method: 'POST', body: { ...offer, requestId: `FT-${name}` } })
        )
      }
    }
    const approval = { method: 'POST', body: { planDigest: digest } }
    expect(await app.ask(task('approve-slot-1'), as(alice, 'Operator', approval))).toMatchObject(lacks('Approver'))
    expect(await app.ask(task('approve-slot-1'), as(bob, 'Approver', approval))).toMatchObject(
      refused(403, { type: 'urn:customer-key:problem:not-yours' })
    )
    await app.ask('/api/onboardings/roles/plan', as(alice, 'Approver'))
    expect(await app.ask(task('approve-slot-1'), as(alice, 'Approver', approval))).toMatchObject({ status: 202 })
  })
})

test('that the app has started is for anybody to see, and nothing else is told', async () => {
  expect(await app.ask('/api/health')).toMatchObject({ status: 200, body: { status: 'started', release } })
})
