import { beforeAll, expect, test, vi } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { users } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { addPerson } from '../app/people.ts'
import { custodian, replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, refused, useApp } from '../app/running-app.ts'

const app = useApp()
const id = 'made-again'
const {
  organization: { tenantId }
} = fabrikam()
const oldBob = userId(tenantId, bob)
const newBob = userId(tenantId, 'bob, made again')
const oldName = 'bob.before@fabrikam.com'
const change = { slot: 2, leaves: bob, joins: bob, by: alice } as const
const { propose, confirm, read, isOpen } = replacing(app, id)
const inWords = `${bob} (another account of that name, object ${newBob})`

beforeAll(async () => {
  await app.start(fabrikam({ id }))
  await fromOffersToApprovals(app, id)
}, 60_000)

test('an account does not take its own place, and one that was deleted and made again may: it is another person', async () => {
  expect(await propose(change)).toMatchObject({ status: 202 })
  await isOpen('replace-operator-2', `${bob} is who leaves, the same account (object ${oldBob})`)
  users(app.stage.azure.world).delete(bob)
  addPerson(app.stage.azure.world, bob, newBob)
  const planDigest = (await app.view(id)).planDigest
  expect(await app.answer(id, 'approve-slot-2', bob, { planDigest })).toMatchObject(refused(403)) // by name alone
  expect(await propose(change)).toMatchObject({ status: 202 })
  const { steps } = await isOpen('confirm-replacement-2', `${inWords} is proposed for slot 2 in place of ${bob}`)
  expect(steps.at(-1)).toMatchObject({
    title: 'Replacement proposed',
    detail: `slot 2: ${inWords} for ${bob}, by ${alice}`
  })
})

test('the one who is proposed does not stop it, nor confirm it, in the name of who leaves', async () => {
  const reason = 'I have not left at all'
  expect(await app.answer(id, 'withdraw-replacement-2', bob, { reason })).toMatchObject(refused(403))
  expect(await confirm(change, bob)).toMatchObject({ status: 202 })
  await isOpen('confirm-replacement-2', 'has no role Custodian')
  expect(await app.answer(id, 'withdraw-replacement-2', custodian, { reason })).toMatchObject(refused(403))
})

test('who takes over confirms the plan and acts; the account from before does not, restored under another name', async () => {
  const planDigest = (await app.view(id)).planDigest
  expect(await confirm(change)).toMatchObject({ status: 202 })
  await isOpen('confirm-plan-2')
  addPerson(app.stage.azure.world, oldName, oldBob)
  expect(await app.answer(id, 'confirm-plan-2', oldName, { planDigest })).toMatchObject(refused(403))
  expect(await read(change)).toMatchObject({ status: 202 })
  await app.until(id, ({ changes }) => changes.length === 0)
  expect(await app.answer(id, 'approve-slot-2', oldName, { planDigest })).toMatchObject(refused(403))
  expect(await app.answer(id, 'approve-slot-2', bob, { planDigest })).toMatchObject({ status: 202 })
  await app.until(id, ({ answers }) =>
    answers.some(({ task, verdict }) => task === 'approve-slot-2' && verdict === 'taken')
  )
})

test('who left is nobody of the other slot either, whatever they are called by now', async () => {
  const { propose: proposeIn, isOpen: opened } = replacing(app, id)
  expect(await proposeIn({ slot: 1, leaves: alice, joins: oldName, by: alice })).toMatchObject({ status: 202 })
  await opened('replace-operator-1', `${oldName} cannot take over: in both: ${oldName}`)
})

test('mails say who it is, and say it once', async () => {
  const proposed = () =>
    outbox(app.stage.azure.world)
      .values()
      .filter(({ subject }) => subject.includes(`${inWords} is proposed for slot 2 in place of ${bob}`))
  await vi.waitFor(() => expect(proposed()).toMatchObject([{ to: [bob] }]), 20_000)
})
