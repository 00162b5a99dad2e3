import { beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../src/contracts/http/operations.ts'
import { pages } from '../../../src/contracts/http/pages.ts'
import { taskKinds } from '../../../src/domain/tasks/task-kinds.ts'
import { taskName, taskNamed } from '../../../src/domain/tasks/task.ts'
import { entriesOf } from '../../../src/domain/terms/entries.ts'
import { fabrikam } from '../../app/requests.ts'
import { alice, bob, refused, useApp, type Reply } from '../../app/running-app.ts'

const app = useApp({ CKEY_STEP_UP: 'c1' })
const id = 'stepped'
const headers = { 'x-local-acrs': 'c1' }
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
  expect(await app.ask(path('offer-sharepoint'), { method: 'POST', actor: alice, body: offer, headers })).toMatchObject(
    {
      status: 202
    }
  )
  await app.until(id, (view) => view.step === 'approvals')
}, 60_000)

/** By these words something comes to count; all others propose, stop, look, or are read back from Azure. */
const strong = {
  operations: ['adoptVault', 'attestOfflineCopy'],
  pages: [] as readonly string[],
  tasks: [
    'offer',
    'approve',
    'go-on',
    'take-over',
    'override',
    'attest-offline',
    'replace-officer',
    'confirm-replacement',
    'confirm-plan'
  ]
}

describe('each route', () => {
  const routes = [
    ...entriesOf(operations).map(([name, row]) => ({ name, row, isStrong: strong.operations.includes(name) })),
    ...entriesOf(pages).map(([name, row]) => ({ name: `page ${name}`, row, isStrong: strong.pages.includes(name) }))
  ]
  const named: Readonly<Record<string, string>> = { id, task: 'halt', run: 'nothing', file: 'style.css' }

  test.each(routes)('$name takes the context where its words come to count', async ({ row, isStrong }) => {
    const place = `/api/${row.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => named[name] ?? name)}`
    const isPage = row.path.startsWith('ui')
    const type = isPage ? 'application/x-www-form-urlencoded' : 'application/json'
    const sent = { method: row.method, actor: alice, ...(row.method === 'POST' && { raw: isPage ? 'x=y' : '{}' }) }
    const without = await app.ask(place, { ...sent, headers: { 'content-type': type } })
    expect(asksForMore(without)).toBe(isStrong)
    if (isStrong)
      expect(asksForMore(await app.ask(place, { ...sent, headers: { ...headers, 'content-type': type } }))).toBe(false)
  })

  test.each(entriesOf(operations))('%s says in its description that it may ask for it', (name, row) => {
    const may = 'stepUp' in row && row.stepUp !== 'never'
    expect((row.problems as readonly string[]).includes('step-up'), name).toBe(may)
  })
})

const asksForMore = ({ status, text }: Reply): boolean => status === 401 && text.includes('authentication context')

test('each kind of task says whether its answer comes to count', () => {
  const found = entriesOf(taskKinds).flatMap(([kind, { stepUp }]) => (stepUp ? [kind] : []))
  expect(found.toSorted()).toEqual(strong.tasks.toSorted())
})

test('each task that is open takes the context as its kind says, through the API and on the page', async () => {
  const { tasks } = await app.view(id)
  const kindsOpen = tasks.map(({ name }) => taskNamed(name) ?? expect.fail(name))
  expect(kindsOpen.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['approve', 'halt', 'replace-officer', 'cancel'])
  )
  for (const task of kindsOpen) {
    const by = 'slot' in task && task.slot === 2 && task.kind === 'approve' ? bob : alice
    const place = `onboardings/${id}/tasks/${taskName(task)}`
    const reply = await app.ask(`/api/${place}`, { method: 'POST', actor: by, body: { no: 'answer' } })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const page = await app.ask(`/api/ui/${place}`, { method: 'POST', actor: by, raw: 'no=answer', headers: form })
    expect([taskName(task), asksForMore(reply), asksForMore(page)]).toEqual([
      taskName(task),
      strong.tasks.includes(task.kind),
      strong.tasks.includes(task.kind)
    ])
  }
})

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
