import { beforeAll, expect, test, vi } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { writerRights, type StorageAssignment } from '../../local/azure/storage/accounts.ts'
import { connectEraser, personsCredential } from '../../src/azure/connect-person.ts'
import { erasePerson, findPerson } from '../../src/steps/privacy/erase.ts'
import { addPerson } from '../app/people.ts'
import { replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, refused, useApp, type Reply } from '../app/running-app.ts'
import { signIn } from '../cli/az-login.ts'

const app = useApp()
const id = 'replaced-and-erased'
const [anna, andy] = ['anna@fabrikam.com', 'andy@fabrikam.com'] as const
const {
  organization: { tenantId }
} = fabrikam()

const copied = (actor: string, slot: 1 | 2): Promise<Reply> =>
  app.ask('/api/backups/offline-copies', { method: 'POST', actor, body: { slot, location: 'safe 7, both shares' } })
const notYours = refused(403, { type: 'urn:customer-key:problem:not-yours' })

/** As an administrator of the records does with `ckey erase`. */
async function erase(who: string): Promise<string[]> {
  const { seed } = app.stage.azure
  const assignments = seed.storage.records.assignments as StorageAssignment[] // of a seed that nobody else reads
  assignments.push({ objectId: userId(tenantId, bob), rights: writerRights })
  signIn(app.stage.azure, bob)
  const storeUrl = `https://${seed.storage.records.name}.blob.core.windows.net`
  const reach = connectEraser({ storeUrl, credential: personsCredential() })
  const search = await findPerson(reach.store, { oid: userId(tenantId, who), names: [] })
  expect(await erasePerson(reach, search)).toEqual([])
  return search.found.flatMap(({ name, runs }) => (runs ? [] : [name]))
}

beforeAll(async () => {
  for (const name of [anna, andy]) addPerson(app.stage.azure.world, name)
  await app.start(fabrikam({ id }))
  const { planDigest } = await fromOffersToApprovals(app, id)
  const { propose, replace, isOpen } = replacing(app, id)
  await replace({ slot: 1, leaves: alice, joins: anna, by: bob })
  await propose({ slot: 1, leaves: anna, joins: andy, by: bob })
  await isOpen('withdraw-replacement-1', andy)
  await app.answer(id, 'withdraw-replacement-1', anna, { reason: 'I am not going to leave' })
  await app.until(id, ({ changes }) => changes.length === 0)
  await app.answer(id, 'approve-slot-1', anna, { planDigest })
  await app.answer(id, 'approve-slot-2', bob, { planDigest })
  await app.until(id, ({ step }) => step === 'registration' || step === 'waiting-on-microsoft')
  await app.answer(id, 'cancel', bob, { reason: 'the test is over' })
  await app.until(id, ({ status }) => status !== 'running')
}, 60_000)

test('who took over attests copies of the slot once the onboarding is over, and nobody else does', async () => {
  expect(await copied(alice, 1)).toMatchObject(notYours)
  expect(await copied(andy, 1)).toMatchObject(notYours)
  expect(await copied(anna, 1)).toMatchObject({ status: 200 })
})

test.for([
  ['who left', alice],
  ['who was only proposed', andy],
  ['who took over', anna]
] as const)('it stays so when %s is erased: object ids say it, and they are kept', async ([, who]) => {
  const erased = await erase(who)
  expect(erased.filter((name) => /\/said\/amendment\./.test(name)).length).toBeGreaterThan(0)
  expect(await copied(alice, 1)).toMatchObject(notYours)
  expect(await copied(andy, 1)).toMatchObject(notYours)
  expect(await copied(anna, 2)).toMatchObject(notYours)
  expect(await copied(anna, 1)).toMatchObject({ status: 200 })
  expect(await app.ask(`/api/onboardings/${id}`, { actor: bob })).toMatchObject({ status: 200 })
})

test('those who acted before are told when somebody starts another onboarding with other people', async () => {
  const [dan, dora] = ['dan@fabrikam.com', 'dora@fabrikam.com'] as const
  for (const name of [dan, dora]) addPerson(app.stage.azure.world, name)
  const { subscriptions, ...rest } = fabrikam({ id: 'others' })
  const started = await app.start({
    ...rest,
    subscriptions: subscriptions.map((each) => ({ ...each, operators: [each.slot === 1 ? dan : dora] }))
  })
  expect(started.status, started.text).toBe(202)
  const told = () =>
    outbox(app.stage.azure.world)
      .values()
      .find(({ subject, text }) => subject.includes('has started') && text.includes('onboarding others'))
  await vi.waitFor(
    () => expect(told()).toMatchObject({ to: [dan, dora], cc: [anna, bob, 'carol@fabrikam.com'] }),
    20_000
  )
  await app.end('others')
})
