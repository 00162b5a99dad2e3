import { beforeEach, expect, test } from 'vitest'
import {
  onMailAccepted,
  onRetentionRequested,
  scripts,
  type MicrosoftScript
} from '../../../../local/azure/microsoft/approvals.ts'
import { microsoftAgenda } from '../../../../local/azure/microsoft/approvals.ts'
import { retentionState } from '../../../../local/azure/arm/features/retention.ts'
import { SimulatedClock } from '../../../../local/azure/core/clock.ts'
import { Journal } from '../../../../local/azure/core/journal.ts'
import type { Surroundings } from '../../../../local/azure/core/service.ts'
import { StoredWorld } from '../../../../local/azure/core/world.ts'
import { seedFor } from '../../../../local/azure/seed.ts'
import { workloadNames, workloads } from '../../../../src/domain/terms/workloads.ts'
import { request, subscriptionIds } from '../arm/request.ts'

const [first, second] = subscriptionIds
const day = 24 * 60 * 60 * 1000
let around: Surroundings

beforeEach(() => {
  const world = new StoredWorld(':memory:')
  const clock = new SimulatedClock({ world, mode: 'skip', startAt: new Date('2026-11-02T17:00:00Z') })
  around = { world, clock, journal: new Journal(world) }
  for (const [kind, handle] of Object.entries(microsoftAgenda)) clock.handle(kind, (payload) => handle(payload, around))
})

test('both subscriptions are approved after the business days of the script', async () => {
  await ask({ approveAfterBusinessDays: 2 })
  await around.clock.advance(day)
  expect(states()).toEqual(['Pending', 'Pending'])
  await around.clock.advance(2 * day)
  expect(states()).toEqual(['Registered', 'Registered'])
})

test('who refuses once turns the registrations down, and approves the next request', async () => {
  await ask({ approveAfterBusinessDays: 2, answer: 'refuse' })
  await around.clock.advance(3 * day)
  expect(states()).toEqual(['NotRegistered', 'NotRegistered'])
  for (const id of subscriptionIds) onRetentionRequested(id, around)
  expect(states()).toEqual(['Pending', 'Pending'])
  await around.clock.advance(7 * day)
  expect(states()).toEqual(['Registered', 'Registered'])
})

test('who approves one leaves the other pending until it asks again', async () => {
  await ask({ approveAfterBusinessDays: 2, answer: 'approve-one' })
  await around.clock.advance(30 * day)
  expect(states()).toEqual(['Registered', 'Pending'])
  onRetentionRequested(second, around)
  await around.clock.advance(7 * day)
  expect(states()).toEqual(['Registered', 'Registered'])
})

test('who never answers lets everything pend', async () => {
  await ask({ approveAfterBusinessDays: 2, answer: 'never' })
  await around.clock.advance(90 * day)
  expect(states()).toEqual(['Pending', 'Pending'])
})

test('a registration may be taken back later, by somebody who is not the app', async () => {
  await ask({ approveAfterBusinessDays: 2, unregisterAfterBusinessDays: 3 })
  await around.clock.advance(3 * day)
  expect(states()).toEqual(['Registered', 'Registered'])
  await around.clock.advance(7 * day)
  expect(states()).toEqual(['Unregistered', 'Unregistered'])
})

// The simulated Azure knows nothing of the app: where a workload is added, this says what it must know too.
test.for(workloadNames)('the mailbox of %s is read', async (workload) => {
  await ask({ approveAfterBusinessDays: 2 }, workloads[workload].alias)
  await around.clock.advance(7 * day)
  expect(states()).toEqual(['Registered', 'Registered'])
})

test('another mailbox is nobody’s', async () => {
  await ask({ approveAfterBusinessDays: 2 }, 'nobody@microsoft.com')
  await around.clock.advance(30 * day)
  expect(states()).toEqual(['Pending', 'Pending'])
})

test.for(workloadNames)('every tenant has the service principal of %s', (workload) => {
  const principals = seedFor(request).servicePrincipals.map(({ appId, displayName }) => ({ appId, displayName }))
  const { appId, displayName } = workloads[workload]
  expect(principals).toContainEqual({ appId, displayName })
})

async function ask(script: MicrosoftScript, alias = 'exock@microsoft.com'): Promise<void> {
  scripts(around.world).set('microsoft', script)
  for (const id of subscriptionIds) onRetentionRequested(id, around)
  onMailAccepted({ to: [alias], text: `${first} ${second}` }, around)
  await around.clock.advance(0)
}

const states = () => subscriptionIds.map((id) => retentionState(around.world, id))
