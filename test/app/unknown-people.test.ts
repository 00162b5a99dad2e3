import { expect, test } from 'vitest'
import { fabrikam } from './requests.ts'
import { alice, bob, faultsAt, refused, useApp } from './running-app.ts'

const app = useApp()
const strangers = 'nobody@fabrikam.com'
const group = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'

function withStrangers(id: string) {
  const { subscriptions, ...rest } = fabrikam({ id })
  return {
    ...rest,
    subscriptions: subscriptions.map((each) =>
      each.slot === 1 ? { ...each, operators: [alice, strangers] } : { ...each, administrators: [bob, group] }
    )
  }
}

test('a plan with somebody whom the directory does not have has findings that name them, and no digest', async () => {
  const { status, body } = await app.ask('/api/plans', { method: 'POST', actor: alice, body: withStrangers('draft') })
  const { findings, ...answer } = body as { findings: { resource: string }[] }
  expect(status).toBe(200)
  expect(findings.map(({ resource }) => resource)).toEqual(expect.arrayContaining([strangers, group]))
  expect(answer).not.toHaveProperty('digest')
  expect(answer).toMatchObject({
    plan: { people: [{ party: alice, mail: alice }, { party: bob }, { party: expect.any(String) }] }
  })
})

test('a start with them is refused, each of them named at their place in the request', async () => {
  const before = app.instances()
  const refusal = await app.ask('/api/onboardings', { method: 'POST', actor: alice, body: withStrangers('refused') })
  expect(refusal).toMatchObject(
    refused(422, {
      type: 'urn:customer-key:problem:people-unknown',
      faults: faultsAt('/subscriptions/0/operators/1', '/subscriptions/1/administrators/1')
    })
  )
  expect(app.instances()).toBe(before)
})

test('a directory that does not answer plans nothing', async () => {
  const { faults } = app.stage.azure
  faults.add({
    service: 'graph',
    operation: 'users.get',
    kind: 'status',
    status: 403,
    code: 'Forbidden',
    times: 'always'
  })
  const silent = refused(503, { type: 'urn:customer-key:problem:directory-silent' })
  expect(await app.ask('/api/plans', { method: 'POST', actor: alice, body: fabrikam() })).toMatchObject(silent)
  expect(await app.ask('/api/onboardings', { method: 'POST', actor: alice, body: fabrikam() })).toMatchObject(silent)
  faults.clear()
})
