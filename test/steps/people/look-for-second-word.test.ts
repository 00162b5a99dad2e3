import { beforeEach, describe, expect, test } from 'vitest'
import { roleAssignments } from '../../../local/azure/arm/authorization/roles.ts'
import { appRoleAssignments, users } from '../../../local/azure/graph/directory.ts'
import { custodianOf, userId } from '../../../local/azure/seed-people.ts'
import { appRolesFor } from '../../../local/azure/seed-tenant.ts'
import type { ProposalAmendment } from '../../../src/domain/ledger/amendment.ts'
import { readerRole } from '../../../src/domain/people/second-word.ts'
import { writeActed } from '../../../src/records/acted.ts'
import { lookForSecondWord } from '../../../src/steps/people/look-for-second-word.ts'
import { planOf } from '../../domain/examples.ts'
import { requestFor, subscriptionIds, tenantId, useSimulation } from '../../azure/simulation.ts'

const simulation = useSimulation()
const idOf = (name: string): string => userId(tenantId, name)
const custodian = custodianOf('contoso.onmicrosoft.com')
const [alice, bob, ben, olivia] = ['alice', 'bob', 'ben', 'olivia'].map((name) => `${name}@contoso.com`) as [
  string,
  string,
  string,
  string
]
const proposedAt = '2026-11-02T18:00:00.000Z'
const later = '2026-11-02T19:00:00.000Z'

/** Alice of slot 1 proposes that Ben takes Bob's place in slot 2. */
const proposal: ProposalAmendment = {
  of: 'proposal',
  id: 'p1',
  slot: 2,
  leaves: bob,
  joins: ben,
  at: proposedAt,
  objectId: idOf(ben),
  evidence: { store: 'app', name: 'contoso-1/preflight/x.json', sha256: 'a'.repeat(64), records: 1 } as never,
  answered: {
    task: { kind: 'replace-operator', slot: 2 },
    by: alice,
    person: { oid: idOf(alice), tid: tenantId },
    at: proposedAt,
    answer: { leaves: bob, joins: ben, reason: 'Bob left the company' }
  }
}

function plan() {
  const { people, ...rest } = planOf(requestFor({}))
  return { ...rest, people: people.map((each) => ({ ...each, objectId: idOf(each.party) })) }
}

function look() {
  const { azure, config } = simulation
  const reach = {
    azure,
    config,
    plans: { planOf: async () => plan() },
    ledger: { entries: async () => [], amendments: async () => [proposal] }
  }
  const log = { info: () => undefined, warn: () => undefined }
  const input = { onboarding: 'contoso-1', now: later, plan: { name: 'x', digest: 'y' }, proposal: 'p1' }
  return lookForSecondWord(reach as never)(input, log) // of all it may reach, what it does
}

const world = () => simulation.simulated.world
const storeOf = (slot: 1 | 2) => new URL(simulation.config.stores[`slot-${slot}`]).hostname.split('.', 1)[0] ?? ''

function giveReader(
  by: string,
  { to = ben, at = later, slot = 2 }: { to?: string; at?: string; slot?: 1 | 2 } = {}
): void {
  roleAssignments(world()).set('given', {
    name: '22222222-0000-4000-8000-000000000002',
    scope: `/subscriptions/${subscriptionIds[slot]}/resourceGroups/ck/providers/Microsoft.Storage/storageAccounts/${storeOf(slot)}`,
    roleDefinition: readerRole.id,
    principalId: idOf(to),
    principalType: 'User',
    createdOn: at,
    createdBy: idOf(by)
  })
}

const custodianRole = (name: string) => appRolesFor(tenantId, idOf(name), ['Custodian'])
function give(name: string): void {
  for (const each of custodianRole(name)) appRoleAssignments(world()).set(each.id, each)
}
function take(name: string): void {
  for (const { id } of custodianRole(name)) appRoleAssignments(world()).delete(id)
}

beforeEach(() => {
  roleAssignments(world()).delete('given')
  for (const name of [ben, olivia])
    users(world()).set(name, { id: idOf(name), userPrincipalName: name, displayName: name, mail: name })
  give(custodian)
})

describe('while somebody outside both slots is a Custodian', () => {
  test('theirs is the second word, and no Owner’s', async () => {
    giveReader(olivia)
    expect(await look()).toEqual({ custodians: 1 })
  })

  test.for([
    ['who proposed it', alice],
    ['who takes over', ben],
    ['who leaves', bob]
  ] as const)('the role of %s counts for nothing', async ([, name]) => {
    take(custodian)
    give(name)
    expect(await look()).toEqual({ custodians: 0 })
    take(name)
  })

  test('one who has acted for a slot, whatever they are now, cannot say it', async () => {
    const before = 'cleo@contoso.com'
    users(world()).set(before, { id: idOf(before), userPrincipalName: before, displayName: before, mail: before })
    take(custodian)
    give(before)
    expect(await look()).toEqual({ custodians: 1 })
    await writeActed(simulation.azure.app.store, { tenantId, oid: idOf(before) }, { slot: 2, at: proposedAt })
    expect(await look()).toEqual({ custodians: 0 })
    take(before)
  })

  test('one whose account is blocked cannot say it', async () => {
    const held = users(world()).get(custodian) ?? expect.fail('no custodian')
    users(world()).set(custodian, { ...held, accountEnabled: false })
    expect(await look()).toEqual({ custodians: 0 })
    users(world()).set(custodian, held)
  })
})

describe('where nobody is one', () => {
  beforeEach(() => take(custodian))

  test('an Owner says it by giving the newcomer the reader role on the slot’s store', async () => {
    giveReader(olivia)
    expect(await look()).toEqual({
      custodians: 0,
      owner: {
        by: idOf(olivia),
        at: later,
        assignment: expect.stringContaining('22222222-0000-4000-8000-000000000002')
      }
    })
  })

  test.for([
    ['by who proposed it', alice, {}],
    ['by who takes over', ben, {}],
    ['by somebody whom the directory does not know', 'pipeline@contoso.com', {}],
    ['to somebody else', olivia, { to: bob }],
    ['before it was proposed', olivia, { at: '2026-11-02T17:30:00.000Z' }],
    ['on the other slot’s store', olivia, { slot: 1 }]
  ] as const)('the role given %s is no second word', async ([, by, how]) => {
    giveReader(by, how)
    expect(await look()).toEqual({ custodians: 0 })
  })

  test('nor is it by somebody who has ever acted for the other slot', async () => {
    giveReader(olivia)
    await writeActed(simulation.azure.app.store, { tenantId, oid: idOf(olivia) }, { slot: 1, at: proposedAt })
    expect(await look()).toEqual({ custodians: 0 })
  })
})
