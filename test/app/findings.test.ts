import { afterEach, describe, expect, test } from 'vitest'
import { subscriptions } from '../../local/azure/arm/resources/records.ts'
import type { Collection } from '../../local/azure/core/world.ts'
import { servicePrincipals, tenants } from '../../local/azure/graph/directory.ts'
import { alice, bob, faultsAt, refused, useApp } from './running-app.ts'
import { fabrikam, subscriptionIds } from './requests.ts'

const app = useApp()
afterEach(() => app.endAll())

const names = (tasks: readonly { readonly name: string }[]) => tasks.map((task) => task.name)
const sharePoint = '00000003-0000-0ff1-ce00-000000000000'

describe('a finding pauses the onboarding', () => {
  test('a free trial cannot be overridden; once it is cured, retry goes on', async () => {
    const { world } = app.stage.azure
    const [slot1] = subscriptionIds
    const cured = recordOf(subscriptions(world), slot1)
    subscriptions(world).set(slot1, { ...cured, quotaId: 'FreeTrial_2014-09-01' })
    await app.start(fabrikam({ id: 'trial' }))
    const { findings, tasks, step } = await app.until('trial', (view) => view.findings.length > 0)

    expect(step).toBe('preflight')
    expect(findings).toMatchObject([
      {
        code: 'offer-type-slot-1',
        requirement: 'R2',
        resource: slot1,
        overridable: false,
        observed: expect.stringContaining('FreeTrial_2014-09-01'),
        remedy: expect.stringContaining('paid')
      }
    ])
    expect(names(tasks)).toEqual(['retry-offer-type-slot-1', 'cancel', 'halt'])
    expect(
      await app.answer('trial', 'override-offer-type-slot-1', alice, { reason: 'it will be paid for soon' })
    ).toMatchObject(refused(409))

    // Not cured yet: the same finding comes again, under a new question.
    expect((await app.answer('trial', 'retry-offer-type-slot-1', alice, {})).status).toBe(202)
    const askedAgain = (times: number) =>
      app.until('trial', (view) => {
        const taken = view.answers.filter(({ verdict }) => verdict === 'taken').length
        return taken === times && view.tasks.some(({ name }) => name === 'retry-offer-type-slot-1')
      })
    await askedAgain(1)

    // However often it is asked, everything that was said can be read.
    for (let time = 2; time < 19; time++) {
      await app.answer('trial', 'retry-offer-type-slot-1', alice, {})
      await askedAgain(time)
    }
    const { body } = await app.ask('/api/onboardings/trial/answers', { actor: bob })
    const { items } = body as { items: { task: string; by: string }[] }
    expect(items.length).toBeGreaterThan(16)
    expect(new Set(items.map(({ task, by }) => `${by} ${task}`))).toEqual(new Set([`${alice} retry-offer-type-slot-1`]))

    await app.until('trial', (view) => view.findings.length === 1)
    subscriptions(world).set(slot1, cured)
    expect((await app.answer('trial', 'retry-offer-type-slot-1', bob, {})).status).toBe(403)
    expect((await app.answer('trial', 'retry-offer-type-slot-1', alice, {})).status).toBe(202)
    const after = await app.until('trial', (view) => view.step === 'offers')
    expect([after.findings, names(after.tasks)]).toEqual([
      [],
      ['cancel', 'halt', 'replace-operator-1', 'replace-operator-2', 'offer-sharepoint']
    ])
  })

  test('retry has nothing to say: it needs no body and takes no field', async () => {
    const { world } = app.stage.azure
    const cured = recordOf(servicePrincipals(world), sharePoint)
    servicePrincipals(world).delete(sharePoint)
    await app.start(fabrikam({ id: 'absent' }))
    const { findings, tasks } = await app.until('absent', (view) => view.findings.length > 0)
    expect(findings).toMatchObject([
      {
        code: 'service-principal-sharepoint',
        requirement: 'R37',
        overridable: false,
        remedy: expect.stringContaining(sharePoint)
      }
    ])
    expect(names(tasks)).toEqual(['retry-service-principal-sharepoint', 'cancel', 'halt'])

    servicePrincipals(world).set(sharePoint, cured)
    const task = 'retry-service-principal-sharepoint'
    expect(await app.answer('absent', task, alice, { force: true })).toMatchObject(
      refused(422, { faults: faultsAt('/force') })
    )
    expect(await app.answer('absent', task, 'mallory@fabrikam.com', {})).toMatchObject(refused(403))
    expect(await app.ask(`/api/onboardings/absent/tasks/${task}`, { method: 'POST', actor: alice })).toMatchObject({
      status: 202
    })
    await app.until('absent', (view) => view.step === 'offers')
  })

  test('a subscription that Azure does not know is a finding that names it, beside all others, of plan and onboarding', async () => {
    const request = fabrikam({ id: 'unknown' })
    const [first, second] = request.subscriptions
    if (!first || !second) throw new Error('The request has two subscriptions.')
    const id = '77777777-aaaa-4bbb-8ccc-999999999999'
    const body = {
      ...request,
      subscriptions: [
        { ...first, region: 'marsnorth' },
        { ...second, id }
      ]
    }
    const findings = [
      { code: 'region-offered-slot-1', requirement: 'R31', observed: 'none in marsnorth', overridable: false },
      {
        code: 'subscription-readable-slot-2',
        requirement: 'R7',
        resource: id,
        overridable: false,
        observed: expect.stringMatching(/SubscriptionNotFound.*as slot-2/),
        remedy: expect.stringMatching(/right id.*no role.*slot\.bicep/)
      }
    ]
    expect(await app.ask('/api/plans', { method: 'POST', actor: alice, body })).toMatchObject({
      status: 200,
      body: { findings }
    })
    await app.start(body)
    expect((await app.until('unknown', (view) => view.findings.length > 0)).findings).toMatchObject(findings)
  })

  test('several findings are shown at once, each with its own tasks', async () => {
    const { world } = app.stage.azure
    const slot1 = recordOf(subscriptions(world), subscriptionIds[0])
    const slot2 = recordOf(subscriptions(world), subscriptionIds[1])
    const tenant = recordOf(tenants(world), 'tenant')
    tenants(world).set('tenant', { ...tenant, skus: [] })
    subscriptions(world).set(subscriptionIds[0], { ...slot1, state: 'Disabled' })
    subscriptions(world).set(subscriptionIds[1], { ...slot2, quotaId: 'MSDNDevTest_2014-09-01' })
    await app.start(fabrikam({ id: 'several' }))
    const { findings, tasks } = await app.until('several', (view) => view.findings.length > 0)
    expect(findings.map(({ code, overridable }) => [code, overridable])).toEqual([
      ['licence-tenant', true],
      ['subscription-enabled-slot-1', false],
      ['offer-type-slot-2', true]
    ])
    expect(names(tasks)).toEqual([
      'retry-licence-tenant',
      'retry-subscription-enabled-slot-1',
      'retry-offer-type-slot-2',
      'override-licence-tenant',
      'override-offer-type-slot-2',
      'cancel',
      'halt'
    ])
    // An override opens its own finding only.
    expect(await app.answer('several', 'override-licence-tenant', alice, { reason: 'short' })).toMatchObject(
      refused(422, { faults: faultsAt('/reason') })
    )
    expect(
      (await app.answer('several', 'override-licence-tenant', alice, { reason: 'Microsoft confirmed the licence' }))
        .status
    ).toBe(202)
    const after = await app.until('several', (view) => view.findings.length === 2)
    expect(after.findings.map(({ code }) => code)).toEqual(['subscription-enabled-slot-1', 'offer-type-slot-2'])
    tenants(world).set('tenant', tenant)
    subscriptions(world).set(subscriptionIds[0], slot1)
    subscriptions(world).set(subscriptionIds[1], slot2)
  })
})

/** What the seed put there. */
function recordOf<T extends object>(collection: Collection<T>, id: string): T {
  const record = collection.get(id)
  if (!record) throw new Error(`The seed has no ${id}.`)
  return record
}
