import { beforeAll, expect, test } from 'vitest'
import { outbox } from '../../local/azure/email/outbox.ts'
import { appRoleAssignments, users, type UserRecord } from '../../local/azure/graph/directory.ts'
import { appRolesFor } from '../../local/azure/seed-tenant.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { writeActed } from '../../src/records/acted.ts'
import { fabrikam } from './requests.ts'
import { alice, faultsAt, refused, useApp } from './running-app.ts'

// Names and addresses of users: https://learn.microsoft.com/graph/api/resources/user (mail, proxyAddresses, userPrincipalName,
// accountEnabled). Guests: https://learn.microsoft.com/entra/external-id/user-properties.

const app = useApp()
const { tenantId } = fabrikam().organization
const idOf = (n: number): string => `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`

const guest = {
  id: idOf(1),
  userPrincipalName: 'gus_partner.example#EXT#@fabrikam.onmicrosoft.com',
  displayName: 'Gus',
  mail: 'gus@partner.example'
}
const dora = {
  id: idOf(2),
  userPrincipalName: "d.o'hara@fabrikam.com",
  displayName: 'Dora',
  mail: 'Dora@fabrikam.com',
  proxyAddresses: ['SMTP:Dora@fabrikam.com', 'smtp:dora.o-hara@fabrikam.com']
}
const namesakes = [
  { id: idOf(3), userPrincipalName: 'eve@fabrikam.com', displayName: 'Eve', mail: 'eve@fabrikam.com' },
  { id: idOf(4), userPrincipalName: 'eve.older@fabrikam.com', displayName: 'Eve', mail: 'eve@fabrikam.com' }
]
const blocked = {
  id: idOf(5),
  userPrincipalName: 'ben@fabrikam.com',
  displayName: 'Ben',
  mail: 'ben@fabrikam.com',
  accountEnabled: false
}
const unread = { id: idOf(6), userPrincipalName: 'nomail@fabrikam.com', displayName: 'No Mail' }

function plant(user: UserRecord): void {
  const { world } = app.stage.azure
  users(world).set(user.userPrincipalName.toLowerCase(), user)
  for (const given of appRolesFor(tenantId, user.id)) appRoleAssignments(world).set(given.id, given)
}
beforeAll(() => {
  for (const user of [guest, dora, ...namesakes, blocked, unread]) plant(user)
})

const naming = (id: string, operator: string, change: Partial<OnboardingRequest> = {}): OnboardingRequest => ({
  ...fabrikam({ id, ...change }),
  subscriptions: fabrikam().subscriptions.map((each) => (each.slot === 2 ? { ...each, operators: [operator] } : each))
})

interface PlanAnswer {
  readonly digest?: string
  readonly findings: readonly {
    readonly code: string
    readonly resource: string
    readonly observed: string
    readonly remedy: string
  }[]
  readonly plan: {
    readonly people: readonly object[]
    readonly slots: readonly { readonly operators: readonly string[] }[]
  }
}
const planned = async (request: OnboardingRequest): Promise<PlanAnswer> =>
  (await app.ask('/api/plans', { method: 'POST', actor: alice, body: request })).body as PlanAnswer
const codes = ({ findings }: PlanAnswer) => findings.map(({ code }) => code.split('-').slice(0, 2).join('-'))

test.each([
  [guest, ['gus@partner.example', 'GUS@Partner.example', guest.userPrincipalName, guest.id]],
  [dora, ["d.o'hara@fabrikam.com", 'dora@fabrikam.com', 'dora.o-hara@fabrikam.com', dora.id]]
])('whoever is named by any of their names is the same person in the plan: $displayName', async (user, names) => {
  for (const name of names) {
    const answer = await planned(naming('named', name))
    const party = user.userPrincipalName.toLowerCase()
    expect(answer.plan.slots[1]?.operators).toEqual([party])
    expect(answer.plan.people).toContainEqual({
      party,
      objectId: user.id,
      displayName: user.displayName,
      mail: user.mail
    })
    expect([name, answer.digest, codes(answer)]).toEqual([name, expect.any(String), []])
  }
})

test('a name of two accounts is none: both are named, and nothing starts', async () => {
  const answer = await planned(naming('twice', 'eve@fabrikam.com'))
  expect(answer.digest).toBeUndefined()
  expect(answer.findings).toContainEqual(
    expect.objectContaining({
      resource: 'eve@fabrikam.com',
      observed: expect.stringMatching(new RegExp(`${idOf(3)}.*eve.older@fabrikam.com.*${idOf(4)}`))
    })
  )
  const start = await app.ask('/api/onboardings', {
    method: 'POST',
    actor: alice,
    body: naming('twice', 'eve@fabrikam.com')
  })
  expect(start).toMatchObject(refused(422, { faults: faultsAt('/subscriptions/1/operators/0') }))
  expect(start.text).toContain(idOf(3))
  expect(start.text).toContain(idOf(4))
  expect(codes(await planned(naming('twice', idOf(4))))).toEqual([])
})

test('a blocked account and a person without an address are findings with their cure', async () => {
  const stopped = await planned(naming('blocked', 'ben@fabrikam.com'))
  expect(codes(stopped)).toEqual(['person-enabled'])
  expect(stopped.findings[0]?.remedy).toContain('--account-enabled true')
  const silent = await planned(naming('silent', 'nomail@fabrikam.com'))
  expect(codes(silent)).toEqual(['person-mail'])
  expect(silent.findings[0]?.remedy).toContain('addresses')
  const addresses = { 'nomail@fabrikam.com': 'keys@fabrikam.com' }
  const heard = await planned(naming('heard', 'nomail@fabrikam.com', { addresses }))
  expect(codes(heard)).toEqual([])
  expect(heard.plan.people).toContainEqual(expect.objectContaining({ objectId: unread.id, mail: 'keys@fabrikam.com' }))
})

test('an address is given for somebody who is named', async () => {
  const body = naming('other', 'bob@fabrikam.com', { addresses: { 'zoe@fabrikam.com': 'zoe@fabrikam.com' } })
  const reply = await app.ask('/api/plans', { method: 'POST', actor: alice, body })
  expect(reply).toMatchObject(refused(422, { faults: faultsAt('/addresses/zoe@fabrikam.com') }))
})

test('a guest is mailed and acts by the address they sign in with, whatever they are called later; who has their name then does not', async () => {
  const { world } = app.stage.azure
  const id = 'guest-acts'
  await app.start(naming(id, guest.mail))
  await app.until(id, ({ step }) => step === 'offers')
  const told = () =>
    outbox(world)
      .values()
      .flatMap(({ to, cc = [], replyTo = [] }) => [...to, ...cc, ...replyTo])
  await expect.poll(told).toContain(guest.mail)
  expect(told().filter((address) => address.includes('#'))).toEqual([])

  const renamed = { ...guest, userPrincipalName: 'gustav@fabrikam.com', mail: 'gustav@fabrikam.com' }
  users(world).delete(guest.userPrincipalName.toLowerCase())
  plant(renamed)
  plant({ ...guest, id: idOf(9) }) // made again: another person
  const halt = (actor: string) => app.answer(id, 'halt', actor, { reason: 'to see who may say so' })
  expect(await halt(guest.mail)).toMatchObject(refused(403))
  expect((await halt(renamed.mail)).status).toBe(202)
  await app.until(id, (view) => view.halted !== null)
  await app.end(id)
})

test('somebody who acted for the other slot before is found while planning, by whatever name, with what to do', async () => {
  const { store } = connectAzure(readConfig(process.env)).app
  await writeActed(store, { tenantId, oid: dora.id }, { slot: 1, at: '2025-11-02T18:00:00.000Z' })
  const { findings } = await planned(naming('named-before', 'dora.o-hara@fabrikam.com'))
  expect(findings).toMatchObject([
    {
      code: 'acted-for-other-tenant',
      observed: `${dora.userPrincipalName} has acted for slot 1`,
      remedy: expect.stringContaining('Name somebody else in place of')
    }
  ])
})
