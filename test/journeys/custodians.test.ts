import { afterEach, beforeAll, expect, test } from 'vitest'
import { appRoleAssignments } from '../../local/azure/graph/directory.ts'
import { groups } from '../../local/azure/graph/groups.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { appRolesFor } from '../../local/azure/seed-tenant.ts'
import { addPerson } from '../app/people.ts'
import { custodian, replacing } from '../app/replacing.ts'
import { fabrikam } from '../app/requests.ts'
import { alice, bob, fromOffersToApprovals, useApp } from '../app/running-app.ts'

const firsts = '5c1be0d2-3c4d-4e5f-8a9b-0c1d2e3f4a51'
const fay = 'ann.5c1be0d2@fabrikam.com' // whom the seed puts into the group
const nora = 'nora@fabrikam.com'
const id = 'custodians'
const {
  organization: { tenantId },
  subscriptions
} = fabrikam()
const request = fabrikam({
  id,
  subscriptions: subscriptions.map((each) => ({ ...each, operators: each.slot === 1 ? [alice, firsts] : [bob] }))
})
const app = useApp({}, request)
const world = () => app.stage.azure.world
const { propose, confirm, isOpen } = replacing(app, id)
const change = { slot: 2, leaves: bob, joins: nora, by: fay } as const

beforeAll(async () => {
  addPerson(world(), nora)
  await app.start(request)
  await fromOffersToApprovals(app, id)
}, 60_000)

test('a Custodian is not proposed for a slot: that would take their second word away', async () => {
  for (const given of appRolesFor(tenantId, userId(tenantId, custodian)))
    appRoleAssignments(world()).set(given.id, given)
  expect(await propose({ ...change, by: alice, slot: 1, leaves: alice, joins: custodian })).toMatchObject({
    status: 202
  })
  await isOpen('replace-operator-1', 'a Custodian, who stands outside both slots')
  expect((await app.view(id)).changes).toEqual([])
})

test('whoever proposed it and then leaves the group of their slot does not say the second word too', async () => {
  expect(await propose(change)).toMatchObject({ status: 202 })
  await isOpen('confirm-replacement-2', nora)
  const there = groups(world()).get(firsts) ?? expect.fail('The seed has no such group.')
  groups(world()).set(firsts, { ...there, members: there.members.filter((each) => each !== userId(tenantId, fay)) })
  for (const given of appRolesFor(tenantId, userId(tenantId, fay), ['Custodian']))
    appRoleAssignments(world()).set(given.id, given)
  const path = `/api/onboardings/${id}/tasks/confirm-replacement-2`
  const said = {
    method: 'POST',
    actor: fay,
    body: { leaves: bob, joins: nora },
    headers: { 'x-local-roles': 'Custodian' }
  }
  expect(await app.ask(path, said)).toMatchObject({ status: 202 })
  await isOpen('confirm-replacement-2', `${fay} proposed it: the second word is another person's.`)
})

test('a name that was given to another account since it was proposed means nobody: the second word is of the person', async () => {
  addPerson(world(), nora, userId(tenantId, 'another nora'))
  expect(await confirm(change)).toMatchObject({ status: 202 })
  await isOpen('confirm-replacement-2', `${nora} is another person than when it was proposed`)
  addPerson(world(), nora)
  expect(await confirm(change)).toMatchObject({ status: 202 })
  await isOpen('confirm-plan-2')
})

test('who said the second word comes to stand for no slot, when they are no Custodian any more either', async () => {
  for (const { id: given } of appRolesFor(tenantId, userId(tenantId, custodian), ['Custodian']))
    appRoleAssignments(world()).delete(given)
  for (const given of appRolesFor(tenantId, userId(tenantId, custodian), ['Operator', 'Approver']))
    appRoleAssignments(world()).set(given.id, given)
  expect(await propose({ slot: 1, leaves: alice, joins: custodian, by: alice })).toMatchObject({ status: 202 })
  await isOpen('replace-operator-1', `${custodian} was the second word to a replacement here`)
})

afterEach(() => {
  for (const { id: given } of appRolesFor(tenantId, userId(tenantId, custodian), ['Operator', 'Approver']))
    appRoleAssignments(world()).delete(given)
})
