import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { users } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { readActed } from '../../src/records/acted.ts'
import { addPerson } from '../app/people.ts'
import { custodian, replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, refused, useApp, type Reply } from '../app/running-app.ts'

const app = useApp()
const {
  organization: { tenantId }
} = fabrikam()
const [anna, ben, mallory, olivia] = ['anna', 'ben', 'mallory', 'olivia'].map((name) => `${name}@fabrikam.com`) as [
  string,
  string,
  string,
  string
]
const world = () => app.stage.azure.world
const notYours = refused(403, { type: 'urn:customer-key:problem:not-yours' })

/** One operator per slot, and nobody else. */
function byTwo(id: string, first: string, second: string): OnboardingRequest {
  const { subscriptions, ...rest } = fabrikam({ id })
  return {
    ...rest,
    subscriptions: subscriptions.map((each) => ({ ...each, operators: [each.slot === 1 ? first : second] }))
  }
}

function gone(...names: string[]): void {
  for (const name of names) users(world()).delete(name)
}

const as = (roles: string, actor: string, body: object) => ({
  method: 'POST',
  actor,
  body,
  headers: { 'x-local-roles': roles }
})

async function startedAs(roles: string, actor: string, request: OnboardingRequest): Promise<Reply> {
  const unread = await app.ask('/api/onboardings', as(roles, actor, request))
  const { digest: planDigest } = unread.body as { digest?: string }
  return app.ask('/api/onboardings', as(roles, actor, { ...request, planDigest }))
}

const cancelled = (id: string, roles: string, actor: string): Promise<Reply> =>
  app.ask(`/api/onboardings/${id}/tasks/cancel`, as(roles, actor, { reason: 'nobody of it is there any more' }))

beforeAll(() => {
  for (const name of [anna, ben, mallory, olivia]) addPerson(world(), name)
})

afterEach(async () => {
  for (const name of [alice, bob]) addPerson(world(), name)
  await app.endAll()
})

describe('with two people in all', () => {
  test('one who is gone is replaced on the word of the other and of a Custodian', async () => {
    await app.start(byTwo('one-gone', alice, bob))
    await fromOffersToApprovals(app, 'one-gone')
    const there = users(world()).get(bob) ?? expect.fail('no bob')
    users(world()).set(bob, { ...there, accountEnabled: false })
    await replacing(app, 'one-gone').replace({ slot: 2, leaves: bob, joins: ben, by: alice })
    const { tasks } = await app.view('one-gone')
    expect(tasks.find(({ name }) => name === 'approve-slot-2')?.for).toBe(ben)
  })

  test('both gone: an Approver of neither slot ends what runs, and others begin anew; who acted stays whose they were', async () => {
    await app.start(byTwo('both-gone', alice, bob))
    const { planDigest } = await fromOffersToApprovals(app, 'both-gone')
    await app.answer('both-gone', 'approve-slot-2', bob, { planDigest })
    await app.until('both-gone', ({ tasks }) => !tasks.some(({ name }) => name === 'approve-slot-2'))
    gone(alice, bob)
    await app.answer('both-gone', 'replace-operator-1', alice, { leaves: alice, joins: anna, reason: 'Alice left us' })
    await app.until('both-gone', ({ tasks }) =>
      tasks.some(({ name, asks }) => name === 'replace-operator-1' && asks.includes('not in the directory'))
    )
    expect(await cancelled('both-gone', 'Reader,Operator', olivia)).toMatchObject(notYours)
    expect(await cancelled('both-gone', 'Reader,Custodian', custodian)).toMatchObject(refused(403))
    expect(await cancelled('both-gone', 'Reader,Approver', olivia)).toMatchObject({ status: 202 })
    expect(await app.until('both-gone', ({ status }) => status !== 'running')).toMatchObject({ status: 'cancelled' })
    const ended = () =>
      outbox(world())
        .values()
        .filter(({ subject, text }) => subject.includes('was cancelled') && text.includes('onboarding both-gone'))
    await vi.waitFor(
      () => expect(ended()).toMatchObject([{ to: [alice, bob], text: expect.stringContaining(olivia) }]),
      20_000
    )

    const config = readConfig({ ...settingsFor(app.stage.azure.seed), CKEY_CALL_TIMEOUT_SECONDS: '10' })
    const acted = (name: string) => readActed(connectAzure(config).app.store, { tenantId, oid: userId(tenantId, name) })
    expect([await acted(olivia), await acted(bob)]).toEqual([undefined, 2])
    addPerson(world(), bob)
    expect(await startedAs('Reader,Operator', olivia, byTwo('anew', bob, olivia))).toMatchObject({ status: 202 })
    const { findings } = await app.until('anew', (seen) => seen.findings.length > 0)
    expect(findings.map(({ code }) => code)).toEqual([expect.stringContaining('acted')])
  })
})

describe('a tenant has one onboarding at a time', () => {
  test('whoever is no operator of it does not start it, and has kept nothing busy; an Approver may', async () => {
    const request = byTwo('of-others', alice, bob)
    expect(await startedAs('Reader,Operator', mallory, request)).toMatchObject(notYours)
    expect(await app.ask('/api/onboardings/of-others', { actor: alice })).toMatchObject({ status: 404 })
    expect(await startedAs('Reader,Operator,Approver', mallory, request)).toMatchObject({ status: 202 })
  })

  test('what somebody starts with people of their own, an Approver ends, and the tenant is free', async () => {
    expect(await startedAs('Reader,Operator', mallory, byTwo('of-their-own', mallory, ben))).toMatchObject({
      status: 202
    })
    await app.until('of-their-own', ({ step }) => step === 'offers')
    expect(await startedAs('Reader,Operator', alice, byTwo('rightful', alice, bob))).toMatchObject(refused(409))
    expect(await cancelled('of-their-own', 'Reader,Approver', olivia)).toMatchObject({ status: 202 })
    await app.until('of-their-own', ({ status }) => status !== 'running')
    expect(await startedAs('Reader,Operator', alice, byTwo('rightful', alice, bob))).toMatchObject({ status: 202 })
  })
})
