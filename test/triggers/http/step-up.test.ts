import { beforeAll, expect, test } from 'vitest'
import { fabrikam } from '../../app/requests.ts'
import { alice, bob, refused, useApp } from '../../app/running-app.ts'

const app = useApp({ CKEY_STEP_UP: 'c1' })
const id = 'stepped'
const path = (task: string) => `/api/onboardings/${id}/tasks/${task}`

const digest = async () =>
  ((await app.ask(`/api/onboardings/${id}`, { actor: alice })).body as { planDigest: string }).planDigest
async function approve(actor: string, headers: Readonly<Record<string, string>> = {}) {
  const url = `${(await app.stage.host.ready) ?? ''}${path('approve-slot-1')}`
  const body = JSON.stringify({ planDigest: await digest() })
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-local-user': actor, ...headers },
    body
  })
}

beforeAll(async () => {
  await app.start(fabrikam({ id }))
  await app.until(id, (view) => view.step === 'offers')
  const offer = { requestId: 'FT-7', officers: [{ name: 'Olga Officer', email: 'olga@fabrikam.com' }] }
  expect(await app.answer(id, 'offer-sharepoint', alice, offer)).toMatchObject({ status: 202 })
  await app.until(id, (view) => view.step === 'approvals')
}, 60_000)

test('an approval without the authentication context is refused with the claims challenge of Microsoft’s documents', async () => {
  const reply = await approve(alice)
  expect([reply.status, await reply.json()]).toEqual([
    401,
    expect.objectContaining({ type: 'urn:customer-key:problem:step-up', detail: expect.stringContaining('context c1') })
  ])
  const header = reply.headers.get('www-authenticate') ?? ''
  expect(header).toMatch(
    /^Bearer realm="", authorization_uri="https:\/\/login\.microsoftonline\.com\/[^"]+", error="insufficient_claims", /
  )
  const [, claims = ''] = /claims="([^"]+)"/.exec(header) ?? []
  // The very example of https://learn.microsoft.com/entra/identity-platform/claims-challenge, for c1.
  expect(JSON.parse(Buffer.from(claims, 'base64').toString())).toEqual({
    access_token: { acrs: { essential: true, value: 'c1' } }
  })
})

test.each(['c2', 'c11', 'C1', 'c1x', ' '])('the context %s is not the one', async (met) => {
  expect((await approve(alice, { 'x-local-acrs': met })).status).toBe(401)
})

test('the page says where to sign in again, and comes back', async () => {
  const form = new URLSearchParams({ planDigest: await digest() })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const reply = await app.ask(`/api/ui/onboardings/${id}/tasks/approve-slot-1`, {
    method: 'POST',
    actor: alice,
    headers,
    raw: form.toString()
  })
  expect(reply.status).toBe(401)
  expect(reply.text).toContain(`href="/.auth/login/aad?post_login_redirect_uri=%2Fapi%2Fui%2Fonboardings%2F${id}"`)
})

test('what an operator may do takes no more than signing in, and who may not approve hears that first', async () => {
  expect(await app.answer(id, 'halt', bob, { reason: 'to look once more' })).toMatchObject({ status: 202 })
  expect((await approve('mallory@fabrikam.com')).status).toBe(403)
})

test('with the context, among others, the approval is taken', async () => {
  const plan = await app.ask(`/api/onboardings/${id}/plan`, { actor: alice })
  expect(plan.status).toBe(200)
  expect((await approve(alice, { 'x-local-acrs': 'c3,c1' })).status).toBe(202)
})

test('an answer of that kind is refused by its code', async () => {
  const reply = await app.answer(id, 'approve-slot-2', bob, { planDigest: await digest() })
  expect(reply).toMatchObject(refused(401))
})
