import { beforeAll, describe, expect, test } from 'vitest'
import { operations as list } from '../../../src/contracts/http/operations.ts'
import { problems } from '../../../src/contracts/http/problems.ts'
import { clientOf, validator, type Client, type Described, type Description } from '../../app/api-client.ts'
import { alice, bob, useApp } from '../../app/running-app.ts'
import { fabrikam, subscriptionIds } from '../../app/requests.ts'

const app = useApp()
const id = 'described'
let description: Description
let api: Client
let operations: Described[]

beforeAll(async () => {
  description = (await app.ask('/api/openapi.json', { actor: alice })).body as Description
  api = clientOf(description, app)
  operations = Object.values(description.paths).flatMap((methods) => Object.values(methods))
}, 60_000)

function call(operation: string, ...args: Parameters<NonNullable<Client[string]>>) {
  const work = api[operation]
  if (!work) throw new Error(`The description has no operation ${operation}.`)
  return work(...args)
}

describe('the description', () => {
  test('has every operation of the list, and no other', () => {
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`)
    )
    const listed = Object.entries(list).map(([id, { method, path }]) => `${id} ${method} /${path}`)
    expect(listed.length).toBeGreaterThan(8)
    expect(described.toSorted()).toEqual(listed.toSorted())
  })

  test('has every code of a problem that an operation can answer with', () => {
    const ofPagesAlone = ['no-such-file']
    expect(new Set([...codesOf(operations), ...ofPagesAlone])).toEqual(new Set(Object.keys(problems)))
  })

  test('shows an example of every answer and every body, and each fits its schema', () => {
    const { valid } = validator(description)
    const faults = operations.flatMap(({ operationId, requestBody, responses }) =>
      [
        ...Object.entries(requestBody?.content ?? {}),
        ...Object.values(responses).flatMap(({ content }) => Object.entries(content ?? {}))
      ]
        .filter(([type]) => type.includes('json'))
        .flatMap(([, content]) => {
          const own = 'example' in content ? [content.example] : []
          const examples = [...own, ...Object.values(content.examples ?? {}).map(({ value }) => value)]
          if (examples.length === 0) return [`${operationId} shows no example`]
          return examples
            .flatMap((example) => valid(content.schema, JSON.parse(JSON.stringify(example))))
            .map((fault) => `${operationId}: ${fault}`)
        })
    )
    expect(faults).toEqual([])
  })

  test('refuses what is not so: the validator can fail', () => {
    expect(validator(description).valid({ $ref: '#/components/schemas/Taken' }, { task: 1 })).not.toEqual([])
  })
})

const codesOf = (all: readonly Described[]): string[] =>
  all.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) =>
      Object.keys(content?.['application/problem+json']?.examples ?? {})
    )
  )

describe('a client made of the description', () => {
  const called = new Set<string>()
  const use = async (...args: Parameters<typeof call>) => {
    called.add(args[0])
    return call(...args)
  }

  test('plans, starts once, and finds what it started', async () => {
    const plan = await use('createPlan', { body: fabrikam({ id }), actor: alice })
    const { digest: planDigest } = plan.body as { digest: string }
    expect(await use('startOnboarding', { body: fabrikam({ id }), actor: alice })).toMatchObject({ status: 409 })
    const started = await use('startOnboarding', { body: { ...fabrikam({ id }), planDigest }, actor: alice })
    expect(started).toMatchObject({ status: 202, location: `/api/onboardings/${id}` })
    expect(await use('startOnboarding', { body: { ...fabrikam({ id }), planDigest }, actor: alice })).toMatchObject({
      status: 200
    })
    expect(await use('listOnboardings', { parameters: { limit: '5' }, actor: alice })).toMatchObject({
      status: 200,
      body: { items: [{ id }] }
    })
    expect(await use('listOnboardings', { parameters: { limit: '0' }, actor: alice })).toMatchObject({ status: 400 })
    expect(await use('getOnboarding', { parameters: { id }, actor: alice })).toMatchObject({
      status: 200,
      body: { id }
    })
    expect(await use('getOnboarding', { parameters: { id: 'nobody' }, actor: alice })).toMatchObject({ status: 404 })
    expect(await use('getOnboarding', { parameters: { id } })).toMatchObject({ status: 401 })
  })

  test('answers a task, and is told why it may not', async () => {
    await app.until(id, ({ step }) => step === 'offers')
    const offer = { requestId: 'FT-1', officers: [{ name: 'Olga', email: 'olga@fabrikam.com' }] }
    const parameters = { id, task: 'offer-sharepoint' }
    expect(await use('answerTask', { parameters, body: {}, actor: alice })).toMatchObject({ status: 422 })
    expect(await use('answerTask', { parameters, body: offer, actor: 'eve@fabrikam.com' })).toMatchObject({
      status: 403
    })
    expect(await use('answerTask', { parameters, body: offer, actor: alice })).toMatchObject({ status: 202 })
    expect(await use('answerTask', { parameters: { id, task: 'nothing' }, body: {}, actor: alice })).toMatchObject({
      status: 409
    })
  })

  test('reads evidence, the hand-off that is not there yet, backups and the description itself', async () => {
    const evidence = await use('getEvidence', { parameters: { id }, actor: alice })
    expect((evidence.body as { batches: unknown[] }).batches.length).toBeGreaterThan(2)
    const ledger = await use('getLedger', { parameters: { id }, actor: alice })
    expect((ledger.body as { chains: { chain: string }[] }).chains).toMatchObject([{ chain: `onboarding.${id}` }])
    expect(await use('getLedger', { parameters: { id: 'nobody' }, actor: alice })).toMatchObject({ status: 404 })
    expect(await use('getAnswers', { parameters: { id }, actor: alice })).toMatchObject({
      status: 200,
      body: { items: [{ task: 'offer-sharepoint', by: alice }] }
    })
    expect(await use('getOnboardingPlan', { parameters: { id }, actor: alice })).toMatchObject({
      status: 200,
      body: { plan: { id } }
    })
    expect(await use('getOnboardingPlan', { parameters: { id: 'nobody' }, actor: alice })).toMatchObject({
      status: 404
    })
    expect(await use('getHandOff', { parameters: { id }, actor: alice })).toMatchObject({ status: 404 })
    expect(await use('getHandOff', { parameters: { id, format: 'doc' }, actor: alice })).toMatchObject({ status: 400 })
    expect(await use('getMail', { parameters: { id, task: 'send-mail-sharepoint' }, actor: alice })).toMatchObject({
      status: 404
    })
    expect(await use('getBackups', { actor: alice })).toMatchObject({ status: 200 })
    expect(await use('attestOfflineCopy', { body: { slot: 3 }, actor: alice })).toMatchObject({ status: 422 })
    const wanted = { subscriptions: [{ slot: 1, id: subscriptionIds[0] }] }
    expect(await use('diagnose', { body: wanted, actor: alice })).toMatchObject({ status: 200 })
    expect(await use('diagnose', { body: { mail: 'perhaps' }, actor: alice })).toMatchObject({ status: 422 })
    expect(await use('getDescription', { actor: alice })).toMatchObject({ status: 200 })
    expect(await use('getHealth')).toMatchObject({ status: 200 })
  })

  test('hands over a vault that is not there, and hears why not', async () => {
    const vaultId = `/subscriptions/${subscriptionIds[0]}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/Nobodys-Vault`
    const adoption = { slot: 1, tenantId: fabrikam().organization.tenantId, vaultId, workload: 'sharepoint' }
    expect(await use('adoptVault', { body: adoption, actor: alice })).toMatchObject({ status: 403 })
    const people = [
      { slot: 1, operators: [alice] },
      { slot: 2, operators: [bob] }
    ]
    expect(await use('adoptVault', { body: { ...adoption, people }, actor: alice })).toMatchObject({ status: 409 })
    expect(await use('adoptVault', { body: {}, actor: alice })).toMatchObject({ status: 422 })
  })

  test('looks for what nobody waits for, and is told that there is no such run', async () => {
    for (const operation of ['getPlan', 'getAdoption', 'getOfflineCopy'])
      expect(await use(operation, { parameters: { run: 'nobody-started-it' }, actor: alice })).toMatchObject({
        status: 404,
        body: { type: 'urn:customer-key:problem:no-such-run' }
      })
  })

  test('has called every operation there is', () => {
    expect([...called].toSorted()).toEqual(operations.map(({ operationId }) => operationId).toSorted())
  })
})

describe('reading what may change', () => {
  const path = `/api/onboardings/${id}`
  const get = async (headers: Record<string, string>) => {
    const started = performance.now()
    const response = await fetch(`${await app.stage.host.ready}${path}`, {
      headers: { 'x-local-user': alice, ...headers }
    })
    return {
      status: response.status,
      etag: response.headers.get('etag') ?? '',
      date: response.headers.get('date') ?? '',
      ms: performance.now() - started
    }
  }

  test('an entity tag spares content that the caller has', async () => {
    await app.until(id, ({ step }) => step === 'approvals')
    const { etag } = await get({})
    expect(await get({ 'if-none-match': etag })).toMatchObject({ status: 304, etag })
    expect(await get({ 'if-none-match': '"another"' })).toMatchObject({ status: 200, etag })
  })

  test('with Prefer: wait the answer is held until something changes, or the time is over', async () => {
    const { etag } = await get({})
    const idle = await get({ 'if-none-match': etag, prefer: 'wait=1' })
    expect(idle.status).toBe(304)
    expect(idle.ms).toBeGreaterThan(900)
    const held = get({ 'if-none-match': etag, prefer: 'wait=20' })
    const { planDigest } = (await app.ask(path, { actor: alice })).body as { planDigest: string }
    await app.answer(id, 'approve-slot-1', alice, { planDigest })
    expect((await held).status).toBe(200)
  })

  test('answers carry the host’s own time, which a rehearsal has skipped', async () => {
    const before = app.stage.azure.clock.now()
    const told = Date.parse((await get({})).date)
    expect(told).toBeGreaterThan(before - 1000)
    expect(told).toBeLessThanOrEqual(app.stage.azure.clock.now())
  })
})
