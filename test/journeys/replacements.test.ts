import { beforeAll, describe, expect, test, vi } from 'vitest'
import { vaults, type AccessPolicy } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { removeSetupRole } from '../../local/azure/setup-roles.ts'
import { userId } from '../../local/azure/seed-people.ts'
import type { HandOff } from '../../src/domain/hand-off/hand-off.ts'
import { addPerson } from '../app/people.ts'
import { custodian, reason, replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, faultsAt, fromOffersToApprovals, refused, useApp } from '../app/running-app.ts'

const app = useApp()
const id = 'replaced'
const {
  organization: { tenantId }
} = fabrikam()
const [carol, anna, andy] = ['carol@fabrikam.com', 'anna@fabrikam.com', 'andy@fabrikam.com'] as const
const { propose, confirm, read, replace, isOpen } = replacing(app, id)
const digest = async () => (await app.view(id)).planDigest
const leaving = { slot: 1, leaves: alice, joins: anna, by: bob } as const

// One onboarding, in whose course people leave; the tests follow it.
beforeAll(async () => {
  for (const name of [anna, andy]) addPerson(app.stage.azure.world, name)
  addPerson(app.stage.azure.world, 'bobby@fabrikam.com', userId(tenantId, bob))
  addPerson(app.stage.azure.world, 'ally@fabrikam.com', userId(tenantId, alice))
  await app.start(fabrikam({ id }))
  await fromOffersToApprovals(app, id)
}, 60_000)

describe('an operator who leaves before the vaults are made', () => {
  test('is proposed by an operator of either slot, and by nobody else', async () => {
    expect(await propose({ ...leaving, by: custodian })).toMatchObject(refused(403))
    expect(await propose({ ...leaving, joins: 'anna' })).toMatchObject(refused(422))
  })

  test.for([
    ['somebody who is not named there', carol, anna, '/leaves'],
    ['by somebody of the other slot', alice, carol, '/joins']
  ] as const)('is not %s: nothing is recorded', async ([, leaves, joins, path]) => {
    expect(await propose({ ...leaving, leaves, joins })).toMatchObject(refused(422, { faults: faultsAt(path) }))
  })

  test.for([
    ['by nobody of the tenant', 'nobody@fabrikam.com', 'cannot take over: nobody@fabrikam.com is absent.'],
    [
      'by the other slot’s operator under another name',
      'bobby@fabrikam.com',
      'cannot take over: in both: bobby@fabrikam.com.'
    ],
    ['by themselves', alice, 'is who leaves, the same account'],
    ['by themselves under another name', 'ally@fabrikam.com', 'is who leaves, the same account']
  ] as const)('is not replaced %s: the question stands again and says why', async ([, joins, why]) => {
    expect(await propose({ ...leaving, joins })).toMatchObject({ status: 202 })
    await isOpen('replace-operator-1', `${joins} ${why}`)
  })

  test('goes on acting while it is proposed: one operator’s word changes nothing', async () => {
    expect(await propose(leaving)).toMatchObject({ status: 202 })
    const { changes, tasks, steps } = await isOpen('confirm-replacement-1', anna)
    expect(changes).toEqual([{ slot: 1, leaves: alice, joins: anna, stage: 'proposed' }])
    expect(tasks.find(({ name }) => name === 'approve-slot-1')?.for).toBe(alice)
    expect(steps.at(-1)).toMatchObject({
      title: 'Replacement proposed',
      detail: `slot 1: ${anna} for ${alice}, by ${bob}`
    })
    expect(await propose({ ...leaving, joins: andy })).toMatchObject({ status: 202 })
    await isOpen('replace-operator-1', 'is proposed already')
  })

  test.for([
    ['an operator of the other slot', bob],
    ['an operator of the same slot', alice]
  ] as const)('is not confirmed by %s, whatever roles they hold', async ([, by]) => {
    expect(await confirm(leaving, by)).toMatchObject(refused(403))
  })

  test('is not confirmed by who takes over: the verdict knows them by object id', async () => {
    expect(await confirm(leaving, anna)).toMatchObject({ status: 202 })
    await isOpen('confirm-replacement-1', `${anna} has no role Custodian in the app`)
  })

  test('is not confirmed by somebody without the role of a Custodian, nor by one who means somebody else', async () => {
    const body = { leaves: alice, joins: anna }
    const headers = { 'x-local-roles': 'Reader,Operator,Approver' }
    const path = `/api/onboardings/${id}/tasks/confirm-replacement-1`
    expect(await app.ask(path, { method: 'POST', actor: custodian, headers, body })).toMatchObject(
      refused(403, { type: 'urn:customer-key:problem:lacks-role' })
    )
    expect(await confirm({ ...leaving, joins: andy })).toMatchObject({ status: 202 })
    await isOpen('confirm-replacement-1', `Proposed is slot 1: ${anna} for ${alice}`)
  })

  test('answers nothing more once it stands, and neither does who takes over before they have confirmed the plan', async () => {
    expect(await confirm(leaving)).toMatchObject({ status: 202 })
    const { steps, changes } = await isOpen('confirm-plan-1')
    expect(changes).toEqual([{ slot: 1, leaves: alice, joins: anna, stage: 'to-confirm' }])
    expect(steps.at(-1)).toMatchObject({
      title: 'Replaced',
      detail: `slot 1: ${anna} for ${alice}, by ${bob}, confirmed by ${custodian}`,
      requirements: ['R11']
    })
    const planDigest = await digest()
    for (const actor of [alice, anna])
      expect(await app.answer(id, 'approve-slot-1', actor, { planDigest })).toMatchObject(refused(403))
    expect(await app.answer(id, 'confirm-plan-1', alice, { planDigest })).toMatchObject(refused(403))
    expect(await app.answer(id, 'confirm-plan-1', bob, { planDigest })).toMatchObject(refused(403))
  })

  test('has a follower who reads the plan, confirms it, and then acts; the plan stays the one that was approved', async () => {
    const planDigest = await digest()
    expect(await read({ slot: 1, joins: anna })).toMatchObject({ status: 202 })
    const { tasks } = await app.until(id, ({ changes }) => changes.length === 0)
    expect(tasks.find(({ name }) => name === 'approve-slot-1')?.for).toBe(anna)
    expect(await app.answer(id, 'approve-slot-1', alice, { planDigest })).toMatchObject(refused(403))
    expect(await app.answer(id, 'approve-slot-1', anna, { planDigest })).toMatchObject({ status: 202 })
    expect(await app.answer(id, 'approve-slot-2', bob, { planDigest })).toMatchObject({ status: 202 })
  })

  test('hears of it, and so do who took over and the others; Microsoft’s answers go to those who act', async () => {
    await app.until(id, ({ steps }) => steps.some(({ title }) => title === 'Microsoft notified'))
    const isSaid = (text: string) => (mail: { subject: string }) => mail.subject.includes(text)
    const mailed = () => outbox(app.stage.azure.world).values()
    for (const what of ['is proposed', 'takes over']) {
      const notices = () => mailed().filter(isSaid(`${anna} ${what} for slot 1 in place of ${alice}`))
      const notice = {
        to: [alice, anna],
        cc: expect.arrayContaining([bob, carol, 'olga@fabrikam.com']),
        text: expect.stringContaining(reason)
      }
      await vi.waitFor(() => expect(notices()).toMatchObject([notice]), 20_000)
    }
    const mails = mailed()
    expect(mails.filter(({ subject }) => subject.includes('bobby'))).toEqual([])
    const [toMicrosoft] = mails.filter(({ to }) => to.includes('spock@microsoft.com'))
    expect(toMicrosoft).toMatchObject({ cc: [anna, bob, carol], replyTo: [anna, bob, carol] })
  })

  test('gets no permission in the vaults; who took over does', { timeout: 120_000 }, async () => {
    const { due } = await app.until(id, (view) => view.step === 'attestations')
    expect(due).toBeNull() // Microsoft's day is not theirs
    const holders = policiesOf('fabri-ck-sp-eur-vaulta1').map(({ objectId }) => objectId)
    expect(holders).toContain(userId(tenantId, anna))
    expect(holders).not.toContain(userId(tenantId, alice))
  })
})

describe('an officer who leaves', () => {
  test('is replaced in every offer, on any operator’s word', async () => {
    const joins = { name: 'Omar', email: 'omar@fabrikam.com' }
    await app.answer(id, 'replace-officer', bob, { leaves: 'nobody@fabrikam.com', joins, reason })
    await isOpen('replace-officer', 'nobody@fabrikam.com is an officer of no offer.')
    expect(
      await app.answer(id, 'replace-officer', carol, { leaves: 'Olga@fabrikam.com', joins, reason })
    ).toMatchObject({ status: 202 })
    await app.until(
      id,
      ({ steps }) => steps.at(-1)?.detail === `officer of FT-1: omar@fabrikam.com for Olga@fabrikam.com, by ${carol}`
    )
  })

  test('is told of it before it is so, with the operators, and before who takes over', async () => {
    const told = () =>
      outbox(app.stage.azure.world)
        .values()
        .filter(({ subject }) => subject.includes('officer in place of Olga@fabrikam.com'))
    await vi.waitFor(() => expect(told()).toHaveLength(2), 20_000)
    expect(told().map(({ to, cc }) => [to, cc])).toEqual([
      [['Olga@fabrikam.com'], [anna, bob, carol]],
      [['omar@fabrikam.com'], []]
    ])
  })

  test('is not replaced while those who are there cannot be told', async () => {
    const { faults } = app.stage.azure
    faults.add({
      service: 'email',
      operation: 'emails.send',
      kind: 'status',
      status: 403,
      code: 'Denied',
      times: 'always'
    })
    const joins = { name: 'Oona', email: 'oona@fabrikam.com' }
    await app.answer(id, 'replace-officer', carol, { leaves: 'omar@fabrikam.com', joins, reason })
    await isOpen('replace-officer', 'could not be told of it first')
    faults.clear()
  })
})

describe('an operator who leaves after the vaults were made', () => {
  test('is replaced, and verification asks people for the permissions that the app changes no more', {
    timeout: 120_000
  }, async () => {
    await replace({ slot: 1, leaves: anna, joins: andy, by: carol })
    const told = () =>
      outbox(app.stage.azure.world)
        .values()
        .find(({ subject }) => subject.includes(`${andy} takes over`))
    const ever = ['olga@fabrikam.com', 'omar@fabrikam.com'] // who was replaced as an officer goes on hearing of it
    await vi.waitFor(
      () =>
        expect(
          told()
            ?.cc.slice(0, 2)
            .map((each) => each.toLowerCase())
        ).toEqual(ever),
      20_000
    )
    const { steps } = await app.view(id)
    expect(steps.findLast(({ title }) => title === 'Replaced')?.detail).toContain(
      `${anna} stands in the vaults' access policies until people change them`
    )
    const { azure } = app.stage
    for (const slot of [1, 2] as const) removeSetupRole(azure.world, slot)
    expect(await app.answer(id, 'attest-offline-1', anna, { location: 'safe 1' })).toMatchObject(refused(403))
    await app.answer(id, 'attest-offline-1', andy, { location: 'safe 1' })
    await app.answer(id, 'remove-setup-role-1', andy, {})
    await app.answer(id, 'attest-offline-2', bob, { location: 'safe 2' })
    await app.answer(id, 'remove-setup-role-2', carol, {})
    const { findings } = await app.until(id, (view) => view.step === 'verification' && view.findings.length > 0)
    expect(findings.map(({ code }) => code)).toEqual([
      'vault-administrators-fabri-ck-sp-eur-vaulta1',
      'vault-no-others-fabri-ck-sp-eur-vaulta1'
    ])
    expect(findings[1]?.remedy).toContain(userId(tenantId, anna))
  })

  test('is in the hand-off with everybody who was replaced, by whom and why; mails go to those who are there', {
    timeout: 120_000
  }, async () => {
    const change = (entry: AccessPolicy): AccessPolicy =>
      entry.objectId === userId(tenantId, anna) ? { ...entry, objectId: userId(tenantId, andy) } : entry
    const vault = vaults(app.stage.azure.world).get('fabri-ck-sp-eur-vaulta1') ?? expect.fail('no vault')
    const accessPolicies = vault.properties.accessPolicies.map(change)
    vaults(app.stage.azure.world).set(vault.name.toLowerCase(), {
      ...vault,
      properties: { ...vault.properties, accessPolicies }
    })
    await app.answer(id, 'retry-vault-no-others-fabri-ck-sp-eur-vaulta1', andy, {})
    await app.until(id, (view) => view.status === 'completed')
    const { replacements, officers, counts } = (await app.ask(`/api/onboardings/${id}/hand-off`, { actor: bob }))
      .body as HandOff
    expect(replacements.map(({ task, leaves, joins, by }) => [task, leaves, joins, by])).toEqual([
      ['replace-operator-1', alice, anna, bob],
      ['replace-officer', 'Olga@fabrikam.com', 'Omar <omar@fabrikam.com>', carol],
      ['replace-operator-1', anna, andy, carol]
    ])
    expect([officers[0]?.officers, counts.notProved]).toEqual([[{ name: 'Omar', email: 'omar@fabrikam.com' }], 0])
    const done = await vi.waitFor(
      () =>
        outbox(app.stage.azure.world)
          .values()
          .find(({ subject }) => subject.includes('the keys are ready')) ?? expect.fail('no mail yet'),
      20_000
    )
    expect(done?.to.toSorted()).toEqual([andy, bob, carol].toSorted())
  })
})

function policiesOf(name: string): readonly AccessPolicy[] {
  return vaults(app.stage.azure.world).get(name)?.properties.accessPolicies ?? []
}
