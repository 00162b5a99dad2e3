import { afterEach, expect, test } from 'vitest'
import { keepPlan } from '../../../src/records/plan.ts'
import { connectAzure } from '../../../src/azure/connect.ts'
import { readConfig } from '../../../src/config/read-config.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'
import { outbox } from '../../../local/azure/email/outbox.ts'
import { alice, bob, refused, useApp } from '../../app/running-app.ts'
import { onboardingChain } from '../../../src/domain/ledger/chains.ts'
import { draftPlan } from '../../../src/domain/plan/build-plan.ts'
import { digestOf } from '../../../src/domain/plan/plan-digest.ts'
import type { OnboardingRequest } from '../../../src/domain/request/request.ts'
import { chainsIn } from '../../../src/records/ledger/chains.ts'
import { sha256 } from '../../../src/sha256.ts'
import { claimTenant } from '../../../src/steps/ledger/claims.ts'
import { another, fabrikam } from '../../app/requests.ts'

const app = useApp()
const path = '/api/onboardings'
const post = (body: unknown, actor = alice) => app.ask(path, { method: 'POST', actor, body })

afterEach(() => app.endAll())

test('without the digest of its plan nothing starts, and the plan to read is in the answer', async () => {
  const before = app.instances()
  const refusal = await post(fabrikam({ id: 'unread' }))
  const plan = expect.objectContaining({
    digest: expect.stringMatching(/^v1\.[0-9a-f]{64}$/),
    irreversible: expect.arrayContaining([expect.stringMatching(/purge protection/i)])
  })
  expect(refusal).toMatchObject(refused(409, { type: 'urn:customer-key:problem:plan-not-approved', plan }))
  expect(app.instances()).toBe(before)
})

test.for([
  ['of another plan', 'a'.repeat(64)],
  ['that is no text', 12],
  ['that is null', null]
] as const)('a digest %s starts nothing', async ([, planDigest]) => {
  const before = app.instances()
  const refusal = await post({ ...fabrikam({ id: 'misread' }), planDigest })
  expect(refusal).toMatchObject(refused(409, { plan: expect.objectContaining({ id: 'misread' }) }))
  expect(app.instances()).toBe(before)
})

test('a plan changes its digest with any name or choice in it, and never with the look of the request', async () => {
  const digestOf = async (body: unknown) => ((await post(body)).body as { digest: string }).digest
  const digest = await digestOf(fabrikam())
  const { id, ...rest } = fabrikam()
  expect(await digestOf({ ...rest, id })).toBe(digest)
  expect(
    await digestOf({
      ...fabrikam(),
      organization: { domain: 'FABRIKAM.com', tenantId: rest.organization.tenantId.toUpperCase() }
    })
  ).toBe(digest)
  expect(await digestOf(fabrikam({ namePrefix: 'Fabrk' }))).not.toBe(digest)
  expect(await digestOf(fabrikam({ keySize: 4096 }))).not.toBe(digest)
})

test('POST /api/plans shows the plan, its digest and what preflight finds, and leaves no onboarding', async () => {
  const { journal } = app.stage.azure
  const isWrite = ({ service, operation }: { service: string; operation: string }) =>
    service === 'storage' && /put|upload|create|delete/i.test(operation)
  const written = () => journal.entries().filter(isWrite).length
  await app.ask('/api/health') // the first call of all marks the store
  const before = written()
  const planned = await app.ask('/api/plans', { method: 'POST', actor: alice, body: fabrikam({ id: 'planned' }) })
  const { digest, plan, findings } = planned.body as { digest: string; plan: { digest: string }; findings: unknown[] }
  expect([planned.status, plan.digest, findings]).toEqual([200, digest, []])
  expect((await app.ask(`${path}/planned`, { actor: alice })).status).toBe(404)
  expect(written()).toBe(before)
})

test('POST /api/plans lists the findings of a tenant that Azure does not know', async () => {
  const body = another('unknown-tenant', '11111111-2222-4333-8444-555555555555')
  const { status, body: planned } = await app.ask('/api/plans', { method: 'POST', actor: alice, body })
  const codes = (planned as { findings: { code: string }[] }).findings.map((finding) => finding.code)
  expect(status).toBe(200)
  expect(codes).toEqual(
    expect.arrayContaining(['verified-domain-tenant', 'subscription-tenant-slot-1', 'subscription-tenant-slot-2'])
  )
})

test('the same request again gets the onboarding that runs, whoever asks and however it is written', async () => {
  const request = fabrikam({ id: 'twice' })
  const first = await app.start(request)
  expect(first).toMatchObject({ status: 202, location: '/api/onboardings/twice' })
  await app.until('twice', (view) => view.step === 'offers')
  const before = app.instances()
  const { id, ...rest } = request
  for (const body of [request, { ...rest, id }, { ...request, planDigest: 'b'.repeat(64) }]) {
    expect(await post(body, bob)).toMatchObject({
      status: 200,
      body: { id: 'twice', status: 'running', startedBy: alice, step: 'offers' }
    })
  }
  expect(app.instances()).toBe(before)
})

test('the same id with other content is refused with the differences, and what runs stays as it is', async () => {
  await app.start(fabrikam({ id: 'changed' }))
  await app.until('changed', (view) => view.step === 'offers')
  const before = app.instances()
  const refusal = await app.start(fabrikam({ id: 'changed', namePrefix: 'Other', keySize: 3072 }))
  expect(refusal).toMatchObject(
    refused(409, {
      differences: [
        { path: '/namePrefix', before: 'Fabri', after: 'Other' },
        { path: '/keySize', before: 2048, after: 3072 }
      ]
    })
  )
  expect(app.instances()).toBe(before)
  expect((await app.view('changed')).step).toBe('offers')
})

test('a second onboarding of a tenant is refused while one runs, and names it', async () => {
  await app.start(fabrikam({ id: 'elder' }))
  const before = app.instances()
  const refusal = await app.start(fabrikam({ id: 'younger' }))
  expect(refusal).toMatchObject(
    refused(409, { type: 'urn:customer-key:problem:tenant-busy', detail: expect.stringContaining('"elder"') })
  )
  expect(app.instances()).toBe(before)
  expect((await app.ask(`${path}/younger`, { actor: alice })).status).toBe(404)
})

test('an ended onboarding keeps its id: the same request gets its end, and its tenant is free', async () => {
  await app.start(fabrikam({ id: 'ended' }))
  await app.end('ended')
  const before = app.instances()
  expect(await post(fabrikam({ id: 'ended' }))).toMatchObject({
    status: 200,
    body: { id: 'ended', status: 'cancelled' }
  })
  expect(app.instances()).toBe(before)
  expect((await app.start(fabrikam({ id: 'next' }))).status).toBe(202)
})

test('what an earlier onboarding of the tenant has handed off is neither planned nor made again (R30)', async () => {
  await app.start(fabrikam({ id: 'before' })) // the first start lays the records out
  const tenantId = '22222222-3333-4444-8555-666666666666'
  const { store } = connectAzure(readConfig(process.env)).app
  const handedOff = async (id: string, policies: OnboardingRequest['policies'], outcome: 'completed' | 'cancelled') => {
    const request = { ...another(id, tenantId), policies }
    expect(await claimTenant(store, tenantId, id)).toBe(id)
    const draft = draftPlan(request)
    await keepPlan(store, { request, plan: { ...draft, digest: digestOf(draft, sha256) } })
    await chainsIn(store).add(onboardingChain(id), { kind: 'closed', id: 'closed', outcome, generation: 1 })
  }
  await handedOff('given-up', [{ workload: 'multi-workload' }], 'cancelled')
  await handedOff('handed-off', [{ workload: 'sharepoint', scope: 'EUR' }], 'completed')
  const fifty = Array.from(
    { length: 50 },
    (_, index) => ({ workload: 'exchange', scope: `P${String(index)}` }) as const
  )
  await handedOff('fifty', fifty, 'completed')

  const beyond = (path: string, message: RegExp) =>
    refused(422, {
      type: 'urn:customer-key:problem:beyond-limits',
      faults: [{ path, message: expect.stringMatching(message) }]
    })
  const again = (policies: OnboardingRequest['policies']) => ({ ...another('again', tenantId), policies })
  const before = app.instances()
  for (const route of ['/api/plans', path]) {
    const send = (policies: OnboardingRequest['policies']) =>
      app.ask(route, { method: 'POST', actor: alice, body: again(policies) })
    expect(await send([{ workload: 'sharepoint', scope: 'EU' }])).toMatchObject(
      beyond('/policies/0/scope', /"handed-off" has handed off sharepoint\/EUR/)
    )
    expect(await send([{ workload: 'exchange', scope: 'X1' }])).toMatchObject(
      beyond('/policies', /has 50 exchange policies by "fifty"/)
    )
  }
  expect(app.instances()).toBe(before)
  // What was cancelled was not handed off.
  expect(await post(again([{ workload: 'multi-workload' }]))).not.toMatchObject({ status: 422 })
})

test('one request sent many times at once starts one onboarding', async () => {
  const request = fabrikam({ id: 'clicked' })
  const { digest } = (await post(request)).body as { digest: string }
  const before = app.instances()
  const replies = await Promise.all(Array.from({ length: 8 }, () => post({ ...request, planDigest: digest })))
  expect(replies.map((reply) => reply.status).filter((status) => status !== 200 && status !== 202)).toEqual([])
  expect(app.instances()).toBe(before + 1)
})

test('of eight onboardings of one tenant sent at once one starts, seven are refused, and nothing else is there', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `many-${letter}`)
  const bodies = await Promise.all(
    ids.map(async (id) => {
      const { digest } = (await post(fabrikam({ id }))).body as { digest: string }
      return { ...fabrikam({ id }), planDigest: digest }
    })
  )
  const before = app.instances()
  const replies = await Promise.all(bodies.map((body) => post(body)))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, ...Array(7).fill(409)])
  const started = ids[replies.findIndex(({ status }) => status === 202)] ?? ''
  const others = ids.filter((id) => id !== started)
  for (const reply of replies.filter(({ status }) => status === 409))
    expect(reply).toMatchObject(
      refused(409, {
        type: 'urn:customer-key:problem:tenant-busy',
        detail: expect.stringContaining(`"${started}"`)
      })
    )

  await app.until(started, (view) => view.step === 'offers')
  expect(app.instances()).toBe(before + 1)
  const { items } = (await app.ask(`${path}?limit=200`, { actor: alice })).body as { items: { id: string }[] }
  expect(items.map((item) => item.id).filter((id) => ids.includes(id))).toEqual([started])
  for (const id of others) expect((await app.ask(`${path}/${id}`, { actor: alice })).status).toBe(404)
  const told = outbox(app.stage.azure.world)
    .values()
    .map(({ subject }) => subject)
  expect(others.filter((id) => told.some((subject) => subject.includes(id)))).toEqual([])

  await app.end(started)
  expect((await app.start(fabrikam({ id: others[0] ?? '' }))).status).toBe(202)
})

test('the id of a start that came to nothing is refused for another plan, with what differs', async () => {
  const request = fabrikam({ id: 'lost-race' })
  const { plan } = (await post(request)).body as { plan: Plan }
  await keepPlan(connectAzure(readConfig(process.env)).app.store, { request, plan })
  const refusal = await app.start(fabrikam({ id: 'lost-race', keySize: 3072 }))
  expect(refusal).toMatchObject(
    refused(409, {
      type: 'urn:customer-key:problem:id-taken',
      detail: expect.stringContaining('another id'),
      differences: [{ path: '/keySize', before: 2048, after: 3072 }]
    })
  )
})

test('what was claimed, the host being lost before it was started, is started by the timer, once', async () => {
  const request = fabrikam({ id: 'cut-short' })
  const { digest } = (await post(request)).body as { digest: string }
  const before = app.instances()
  app.stage.cuts.at(({ name }) => name.startsWith('after storage') && name.includes('/ledger/claims/'))
  await expect(post({ ...request, planDigest: digest })).rejects.toThrow()
  await app.stage.host.ready
  expect(app.instances()).toBe(before)
  const isThere = async () => (await app.ask(`${path}/cut-short`, { actor: alice })).status === 200
  while (!(await isThere())) await app.stage.azure.clock.advance(60_000)
  await app.until('cut-short', (view) => view.step === 'offers')
  expect(app.instances()).toBe(before + 1)
  expect(await post(request)).toMatchObject({ status: 200, body: { startedBy: alice } })
})
