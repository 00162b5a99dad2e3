import { afterAll, beforeAll, expect, test } from 'vitest'
import { alice, bob, fromOffersToApprovals, refused, useApp } from '../../app/running-app.ts'
import { fabrikam } from '../../app/requests.ts'

const app = useApp()
const id = 'shown'
const api = `/api/onboardings/${id}/plan`
const page = `/api/ui/onboardings/${id}/plan`
let planDigest = ''

beforeAll(async () => {
  await app.start(fabrikam({ id }))
  planDigest = (await fromOffersToApprovals(app, id)).planDigest
}, 60_000)
afterAll(() => app.end(id))

const approve = (slot: 1 | 2, actor: string) =>
  app.ask(`/api/onboardings/${id}/tasks/approve-slot-${String(slot)}`, { method: 'POST', actor, body: { planDigest } })
const unread = refused(422, {
  type: 'urn:customer-key:problem:plan-not-shown',
  detail: expect.stringContaining(`ckey plan ${id}`)
})

test('an approval of a plan that its giver was never shown is refused, and says where to read it', async () => {
  expect(await approve(1, alice)).toMatchObject(unread)
  expect((await app.view(id)).tasks.map(({ name }) => name)).toContain('approve-slot-1')
})

test.for(['', 'Reader', 'Reader,Operator'])(
  'what is read with the roles “%s” is read by nobody who may approve',
  async (roles) => {
    for (const path of [api, page]) await app.ask(path, { actor: alice, headers: { 'x-local-roles': roles } })
    expect(await approve(1, alice)).toMatchObject(unread)
  }
)

test('what another person read, or nobody with an object id, counts for neither', async () => {
  await app.ask(api, { actor: 'carol@fabrikam.com' })
  await app.ask(api, { actor: alice, headers: { 'x-local-ids': 'none' } })
  expect(await approve(1, alice)).toMatchObject(unread)
})

test('the plan that is shown holds all that was planned, and whoever read it on the page or by the API may approve', async () => {
  const { body } = await app.ask(api, { actor: alice })
  expect(body).toMatchObject({
    digest: planDigest,
    plan: { digest: planDigest, irreversible: expect.any(Array), notices: expect.any(Array) },
    mails: [{ to: 'spock@microsoft.com' }]
  })
  expect(await app.ask(page, { actor: bob })).toMatchObject({ status: 200, text: expect.stringContaining(planDigest) })
  expect(await approve(1, alice)).toMatchObject({ status: 202 })
  expect(await approve(2, bob)).toMatchObject({ status: 202 })
  await app.until(id, ({ step }) => step === 'waiting-on-microsoft')
})

test('there is no plan of an onboarding that is not there', async () => {
  expect(await app.ask('/api/onboardings/nobody/plan', { actor: alice })).toMatchObject(
    refused(404, { type: 'urn:customer-key:problem:no-such-onboarding' })
  )
})
