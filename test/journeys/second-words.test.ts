import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { roleAssignments } from '../../local/azure/arm/authorization/roles.ts'
import { outbox } from '../../local/azure/email/outbox.ts'
import { appRoleAssignments, users } from '../../local/azure/graph/directory.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { appRolesFor } from '../../local/azure/seed-tenant.ts'
import { hoursOfDelay } from '../../src/domain/plan/replacements.ts'
import { readerRole } from '../../src/domain/people/second-word.ts'
import { onboardingChain } from '../../src/domain/ledger/chains.ts'
import { addPerson } from '../app/people.ts'
import { custodian, reason, replacing } from '../app/replacing.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, refused, useApp } from '../app/running-app.ts'

const app = useApp()
const {
  organization: { tenantId }
} = fabrikam()
const [anna, ben, olivia] = ['anna@fabrikam.com', 'ben@fabrikam.com', 'olivia@fabrikam.com'] as const
const world = () => app.stage.azure.world

/** One operator per slot, and nobody else. */
function twoPeople(id: string) {
  const { subscriptions, ...rest } = fabrikam({ id })
  return {
    ...rest,
    subscriptions: subscriptions.map((each) => ({ ...each, operators: [each.slot === 1 ? alice : bob] }))
  }
}

const given = appRolesFor(tenantId, userId(tenantId, custodian), ['Custodian'])
function noCustodian(): void {
  for (const { id } of given) appRoleAssignments(world()).delete(id)
}
const byOwner = ['33333333-0000-4000-8000-000000000001', '33333333-0000-4000-8000-000000000002'] as const
let running = ''
async function begin(id: string): Promise<string> {
  running = id
  await app.start(twoPeople(id))
  return (await fromOffersToApprovals(app, id)).planDigest
}

beforeAll(() => {
  for (const name of [anna, ben, olivia]) addPerson(world(), name)
})

afterEach(async () => {
  await app.end(running)
  for (const each of given) appRoleAssignments(world()).set(each.id, each)
  for (const name of byOwner) roleAssignments(world()).delete(name)
})

/** From one moment to another; the ledger has whole seconds. */
const hoursAfter = (one = '', other = ''): number =>
  (Date.parse(other) - Math.floor(Date.parse(one) / 1000) * 1000) / 3_600_000

const toLeave = { slot: 2, leaves: bob, joins: ben, by: alice } as const

describe('what is proposed', () => {
  test('is stopped by who is said to leave, whatever roles of the app they have left', async () => {
    const id = 'stopped'
    const planDigest = await begin(id)
    const { propose, isOpen } = replacing(app, id)
    await propose(toLeave)
    await isOpen('withdraw-replacement-2', ben)
    const path = `/api/onboardings/${id}/tasks/withdraw-replacement-2`
    const body = { reason: 'I have not left and am not going to' }
    const as = (actor: string) => ({ method: 'POST', actor, body, headers: { 'x-local-roles': 'Reader' } })
    for (const other of [ben, olivia, custodian]) expect(await app.ask(path, as(other))).toMatchObject(refused(403))
    expect(await app.ask(path, as(bob))).toMatchObject({ status: 202 })
    const { steps, tasks } = await app.until(id, ({ changes }) => changes.length === 0)
    expect(steps.at(-1)).toMatchObject({
      title: 'Replacement withdrawn',
      detail: `slot 2: ${ben} for ${bob}, by ${bob}`
    })
    expect(tasks.map(({ name }) => name)).not.toContain('confirm-replacement-2')
    expect(await app.answer(id, 'approve-slot-2', bob, { planDigest })).toMatchObject({ status: 202 })
  })

  test('stands by itself after three days in which nobody minds, where nobody is a Custodian: all were told first', async () => {
    const id = 'nobody-minds'
    noCustodian()
    await begin(id)
    const { propose, read } = replacing(app, id)
    await propose(toLeave)
    const { steps } = await app.until(id, ({ changes }) => changes.some(({ stage }) => stage === 'to-confirm'))
    const stood = steps.findLast(({ title }) => title === 'Replaced')
    expect(stood?.detail).toBe(
      `slot 2: ${ben} for ${bob}, by ${alice}, as nobody had stopped it 72 hours after everybody was told`
    )
    const mail = outbox(world())
      .values()
      .find(({ subject }) => subject.includes(`${id}: ${ben} is proposed for slot 2`))
    expect(mail).toMatchObject({ to: [bob, ben], cc: expect.arrayContaining([alice, 'olga@fabrikam.com']) })
    expect(hoursAfter(mail?.acceptedAt, stood?.at)).toBeGreaterThanOrEqual(hoursOfDelay)
    expect(await read(toLeave)).toMatchObject({ status: 202 })
    await app.until(id, ({ changes }) => changes.length === 0)
  })

  test('stands by the word of an Owner, where nobody is a Custodian, and not by a role that the proposer gives', async () => {
    const id = 'by-owner'
    noCustodian()
    await begin(id)
    const store =
      new URL(settingsFor(app.stage.azure.seed)['CKEY_SLOT2_STORE_URL'] ?? '').hostname.split('.', 1)[0] ?? ''
    const scope = `/subscriptions/${subscriptionIds[1]}/resourceGroups/ck/providers/Microsoft.Storage/storageAccounts/${store}`
    const give = (by: string, name: string) =>
      roleAssignments(world()).set(name, {
        name,
        scope,
        roleDefinition: readerRole.id,
        principalId: userId(tenantId, ben),
        principalType: 'User',
        createdOn: '2026-12-31T12:00:00.000Z', // after whatever is proposed here
        createdBy: userId(tenantId, by)
      })
    give(alice, byOwner[0])
    give(olivia, byOwner[1])
    await replacing(app, id).propose(toLeave)
    const { steps } = await app.until(id, ({ changes }) => changes.some(({ stage }) => stage === 'to-confirm'))
    expect(steps.findLast(({ title }) => title === 'Replaced')?.detail).toContain(
      `confirmed by ${userId(tenantId, olivia)}, who gave them the reader role`
    )
  })

  test('outlives its instance: the next one counts the hours from the first mail', async () => {
    const id = 'outlives'
    noCustodian()
    await begin(id)
    await replacing(app, id).propose(toLeave)
    const isMailed = () =>
      outbox(world())
        .values()
        .filter(({ subject }) => subject.includes(`${id}: ${ben} is proposed for slot 2`))
    await vi.waitFor(() => expect(isMailed()).toHaveLength(1), 20_000)
    await app.stage.hub.fail(app.stage.hub.ids(onboardingChain(id)).at(-1) ?? '')
    const { steps } = await app.until(id, ({ changes }) => changes.some(({ stage }) => stage === 'to-confirm'))
    const stood = steps.findLast(({ title }) => title === 'Replaced')
    const hours = hoursAfter(isMailed()[0]?.acceptedAt, stood?.at)
    expect(isMailed()).toHaveLength(1)
    expect(hours).toBeGreaterThanOrEqual(hoursOfDelay)
    expect(hours).toBeLessThan(hoursOfDelay + 2)
  })
})

describe('with two people in all', () => {
  test('one whose account was deleted is replaced, and the approval of the other stands', async () => {
    const id = 'deleted'
    const planDigest = await begin(id)
    await app.answer(id, 'approve-slot-1', alice, { planDigest })
    await app.until(id, ({ tasks }) => !tasks.some(({ name }) => name === 'approve-slot-1'))
    const held = users(world()).get(bob) ?? expect.fail('no bob')
    users(world()).delete(bob)
    await replacing(app, id).replace(toLeave)
    expect(await app.answer(id, 'approve-slot-2', ben, { planDigest })).toMatchObject({ status: 202 })
    await app.until(id, ({ step }) => step !== 'approvals')
    users(world()).set(bob, held)
  })

  test('both may leave at once: whoever takes over goes on, and Microsoft is mailed once', async () => {
    const id = 'both-gone'
    const planDigest = await begin(id)
    const { propose, confirm, read, isOpen } = replacing(app, id)
    const changes = [
      { slot: 1, leaves: alice, joins: anna, by: alice },
      { slot: 2, leaves: bob, joins: olivia, by: alice }
    ] as const
    for (const change of changes) expect(await propose(change)).toMatchObject({ status: 202 })
    for (const change of changes) {
      await isOpen(`confirm-replacement-${String(change.slot)}`, change.joins)
      expect(await confirm(change)).toMatchObject({ status: 202 })
    }
    for (const change of changes) {
      await isOpen(`confirm-plan-${String(change.slot)}`)
      expect(await read(change)).toMatchObject({ status: 202 })
    }
    await app.until(id, ({ changes: left }) => left.length === 0)
    await app.answer(id, 'approve-slot-1', anna, { planDigest })
    await app.answer(id, 'approve-slot-2', olivia, { planDigest })
    await app.until(id, ({ steps }) => steps.some(({ title }) => title === 'Microsoft notified'))
    const toMicrosoft = outbox(world())
      .values()
      .filter(({ to, text }) => to.includes('spock@microsoft.com') && text.includes(id))
    expect(toMicrosoft.length).toBeLessThanOrEqual(1)
    expect(reason).not.toBe('')
    running = id
    await app.answer(id, 'cancel', anna, { reason: 'the test is over' })
    await app.until(id, ({ status }) => status !== 'running')
  })
})
