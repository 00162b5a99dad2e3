import { beforeAll, expect, test } from 'vitest'
import { pageSizes } from '../../local/azure/arm/pages.ts'
import { everyAnswer, settle, type Heard } from './every-answer.ts'
import { useSimulation } from './simulation.ts'
import { listenAsWebhook } from './webhook.ts'

const simulation = useSimulation({ authorization: 'rbac' })
const lists = [
  'resources.list',
  'policyAssignments.list',
  'policyExemptions.list',
  'roleAssignments.listForScope',
  'roleEligibilitySchedules.listForScope',
  'registrationAssignments.list',
  'roleDefinitions.list',
  'systemTopics.listByResourceGroup',
  'eventSubscriptions.listBySystemTopic',
  'vaults.listDeleted'
] as const
let heard: Readonly<Record<(typeof lists)[number], Heard>>

beforeAll(async () => {
  const webhook = await listenAsWebhook()
  webhook.prove(true)
  simulation.simulated.eventGridTo(webhook.hostBase)
  heard = everyAnswer(simulation)
  await settle(simulation)
  webhook.close()
}, 60_000)

// All of them are `x-ms-pageable` in their published definitions; how many entries a page has, nobody promises.
test.for(lists)('%s says the same in pages of one entry as in one', async (name) => {
  const valueOf = (read: unknown): unknown => (read as { readonly value: unknown }).value // each asks by a Reading
  const sizes = pageSizes(simulation.simulated.world)
  sizes.delete('arm')
  const whole = valueOf(await heard[name].ask())
  sizes.set('arm', { size: 1 })
  expect(valueOf(await heard[name].ask())).toEqual(whole)
  sizes.delete('arm')
})
