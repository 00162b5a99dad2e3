import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { registeredProviders } from '../../local/azure/arm/resources/records.ts'
import { deletedVaults, vaults } from '../../local/azure/arm/keyvault-management/vault-record.ts'
import { eventSubscriptions, systemTopics } from '../../local/azure/eventgrid/topic-record.ts'
import { createCredentials } from '../../src/azure/credentials.ts'
import { requestedSubscription, requestedTopic } from '../../src/domain/checks/events-by-hand.ts'
import { createSendJson } from '../../src/azure/rest.ts'
import { eventsChecks } from '../../src/domain/checks/events.ts'
import { keyEventTypes } from '../../src/domain/backups/key-event.ts'
import { findingsOf } from '../domain/holding.ts'
import { vaultPlan } from './plans.ts'
import { subscriptionIds, tenantId, useSimulation } from './simulation.ts'
import { listenAsWebhook } from './webhook.ts'

const simulation = useSimulation()
const world = () => simulation.simulated.world
const events = () => simulation.azure.slot(1).events
let webhook: Awaited<ReturnType<typeof listenAsWebhook>>
let count = 0
let plan = vaultPlan(1, 'Contoso-CK-EX-VaultA1')

function wanted() {
  const { identity, store } = simulation.config.events?.deadLetters[1] ?? { identity: '', store: '' }
  const endpoint = simulation.config.events?.endpoint.split('?')[0] ?? ''
  return { region: 'westus2', endpoint, deadLetterIdentity: identity, deadLetterStore: store }
}

beforeAll(async () => {
  webhook = await listenAsWebhook()
  simulation.simulated.eventGridTo(webhook.hostBase)
  const slot = simulation.azure.slot(1)
  for (const provider of ['Microsoft.KeyVault', 'Microsoft.EventGrid'] as const)
    await slot.providers.register(subscriptionIds[1], provider)
  await slot.resourceGroups.ensure(plan, 'contoso-1')
})
afterAll(() => webhook.close())
beforeEach(async () => {
  plan = vaultPlan(1, `Contoso-CK-Ev-VaultA${String(++count)}`)
  await simulation.azure.slot(1).vaults.create(plan, { tenantId, onboardingId: 'contoso-1', policyId: 'exchange/NA' })
  webhook.prove(true)
  webhook.seen.length = 0
})

const topicPath = () =>
  `/subscriptions/${plan.subscriptionId}/resourceGroups/${plan.resourceGroup}/providers/Microsoft.EventGrid/systemTopics/${plan.vaultName}-events`
const vaultId = () =>
  `/subscriptions/${plan.subscriptionId}/resourceGroups/${plan.resourceGroup}/providers/Microsoft.KeyVault/vaults/${plan.vaultName}`
const puts = () =>
  simulation.simulated.journal
    .entries()
    .filter(({ method, path }) => method === 'PUT' && path.includes('Microsoft.EventGrid')).length

describe('a vault’s events', () => {
  test('are nobody’s until they are made; then all that is wanted of them holds', async () => {
    expect((await events().read(plan)).value).toEqual({
      vaultName: plan.vaultName,
      resourceGroup: plan.resourceGroup,
      topic: undefined,
      subscription: undefined
    })
    const { value, call } = await events().make(plan, wanted(), 'contoso-1')
    expect(simulation.simulated.journal.has(call.requestId)).toBe(true)
    expect(value.topic).toEqual({
      name: `${plan.vaultName}-events`,
      region: 'westus2',
      provisioningState: 'Succeeded',
      identities: [wanted().deadLetterIdentity]
    })
    expect(value.subscription).toEqual({
      name: 'customer-key',
      provisioningState: 'Succeeded',
      endpoint: wanted().endpoint,
      schema: 'CloudEventSchemaV1_0',
      eventTypes: keyEventTypes,
      isNarrowed: false,
      deadLetter: { identity: wanted().deadLetterIdentity, store: wanted().deadLetterStore, container: 'dead-letters' }
    })
    expect(findingsOf(eventsChecks, value, wanted())).toEqual({})
    const own = { vaultNames: [plan.vaultName], resourceGroups: [plan.resourceGroup] }
    expect((await simulation.azure.slot(1).subscriptions.resources(subscriptionIds[1], own)).value.foreign).toEqual([])
  })

  test('that nobody but a person may make any more come by the commands of the finding, run as they are printed', async () => {
    const { value } = await events().read(plan)
    const byHand = { vaultId: vaultId(), onboarding: 'contoso-1' }
    const { 'events-topic': finding } = findingsOf(eventsChecks, value, { ...wanted(), byHand })
    const commands = asPrinted(finding?.remedy ?? '', simulation.config.events?.endpoint ?? '')
    expect(commands).toHaveLength(2)
    for (const { path, body } of commands) await asSlot1().put(path, body)
    const made = (await events().read(plan)).value
    expect(findingsOf(eventsChecks, made, { ...wanted(), byHand })).toEqual({})
  })

  test('are asked for once: what is there is read and left alone', async () => {
    await events().make(plan, wanted(), 'contoso-1')
    const before = puts()
    await events().make(plan, wanted(), 'contoso-1')
    expect(puts()).toBe(before)
  })

  test('come to a webhook that has proved itself by its key’s whole address; of the key Azure shows nothing', async () => {
    const { value } = await events().make(plan, wanted(), 'contoso-1')
    expect(webhook.seen).toEqual([
      {
        method: 'OPTIONS',
        url: `/runtime/webhooks/EventGrid${new URL(simulation.config.events?.endpoint ?? '').search}`
      }
    ])
    expect(JSON.stringify(value)).not.toContain('code=')
  })

  test('are not brought to a webhook that does not prove itself, and the finding says what to look at', async () => {
    webhook.prove(false)
    const { value } = await events().make(plan, wanted(), 'contoso-1')
    expect(value.subscription).toBeUndefined()
    const { 'events-subscribed': finding } = findingsOf(eventsChecks, value, wanted())
    expect(finding?.remedy).toContain('CKEY_EVENT_ENDPOINT')
    webhook.prove(true)
    expect((await events().make(plan, wanted(), 'contoso-1')).value.subscription?.provisioningState).toBe('Succeeded')
  })

  test('that Azure takes its time over are gone on with when they are looked at again', async () => {
    await events().make(plan, wanted(), 'contoso-1')
    for (const records of [systemTopics(world()), eventSubscriptions(world())]) {
      for (const record of records.values()) {
        const readyAt = simulation.simulated.clock.now() + 60_000
        if (record.id.startsWith(topicPath())) records.set(record.id.toLowerCase(), { ...record, readyAt } as never)
      }
    }
    eventSubscriptions(world()).delete(`${topicPath()}/eventSubscriptions/customer-key`.toLowerCase())
    const early = await events().make(plan, wanted(), 'contoso-1')
    expect([early.value.topic?.provisioningState, early.value.subscription]).toEqual(['Creating', undefined])
    await simulation.simulated.clock.advance(60_000)
    expect((await events().make(plan, wanted(), 'contoso-1')).value.subscription?.provisioningState).toBe('Succeeded')
  })

  test('whose topic somebody else made, under another name, are subscribed to on that', async () => {
    const { systemTopic } = asSlot1()
    await systemTopic('somebodys-topic', requestedTopic(vaultId(), wanted(), {}))
    const { value } = await events().make(plan, wanted(), 'contoso-1')
    expect([value.topic?.name, value.subscription?.provisioningState]).toEqual(['somebodys-topic', 'Succeeded'])
  })

  test('whose topic has not the identity for dead letters are left alone, and the finding says so', async () => {
    const { systemTopic } = asSlot1()
    const { identity: _, ...bare } = requestedTopic(vaultId(), wanted(), {})
    await systemTopic('bare-topic', bare)
    const { value } = await events().make(plan, wanted(), 'contoso-1')
    expect(Object.keys(findingsOf(eventsChecks, value, wanted()))).toEqual(['events-topic', 'events-subscribed'])
  })
})

/** The app's own client and identity, asking for what the app never asks. */
function asSlot1() {
  const { config } = simulation
  const connection = { identity: 'slot-1', credential: createCredentials(config)['slot-1'], config } as const
  const send = createSendJson(connection, 'https://management.azure.com/.default')
  const expecting = {
    shape: z.unknown(),
    links: new Set<string>(),
    abortSignal: AbortSignal.timeout(10_000),
    onResponse: () => undefined,
    onRequestId: () => undefined
  }
  const put = (path: string, json: unknown) =>
    send({ method: 'PUT', url: `https://management.azure.com${path}?api-version=2025-02-15`, json }, expecting)
  return {
    put,
    systemTopic: (name: string, json: unknown) => put(topicPath().replace(/[^/]+$/, name), json),
    eventSubscription: (json: unknown, name = 'customer-key') => put(`${topicPath()}/eventSubscriptions/${name}`, json)
  }
}

/** What a shell sends of the commands in a text, where `az` knows the app's address. */
function asPrinted(remedy: string, endpoint: string): { path: string; body: unknown }[] {
  const commands = remedy.match(/(?:endpoint=\$\(.*?\) && )?az rest .*? --body '.*?\}'(?= —|;)/g) ?? []
  const az = 'az() { if [ "$1" = functionapp ]; then echo "$ENDPOINT"; else printf "%s\\n" "$5" "$7"; fi; }'
  return commands.map((command) => {
    const env = { ...process.env, ENDPOINT: endpoint }
    const said = execFileSync('bash', ['-c', `${az}\n${command}`], { encoding: 'utf8', env })
    const [url = '', body = ''] = said.trim().split('\n')
    return { path: new URL(url).pathname, body: JSON.parse(body) as unknown }
  })
}

describe('Azure refuses', () => {
  const refusal = (statusCode: number, code: string, says: string) => ({
    statusCode,
    code,
    message: expect.stringContaining(says) as string
  })

  test('a topic where the provider is not registered, that lies elsewhere, is a second one, or holds an unknown identity', async () => {
    const { systemTopic } = asSlot1()
    const asked = requestedTopic(vaultId(), wanted(), {})
    const provider = `${subscriptionIds[1]}/microsoft.eventgrid`
    const record = registeredProviders(world()).get(provider)
    registeredProviders(world()).delete(provider)
    await expect(systemTopic('a-topic', asked)).rejects.toMatchObject(
      refusal(409, 'MissingSubscriptionRegistration', 'Microsoft.EventGrid')
    )
    if (record) registeredProviders(world()).set(provider, record)
    await expect(systemTopic('a-topic', { ...asked, location: 'eastus2' })).rejects.toMatchObject(
      refusal(400, 'InvalidRequest', "its source, 'westus2'")
    )
    const unknown = { type: 'UserAssigned', userAssignedIdentities: { [`${wanted().deadLetterIdentity}-not`]: {} } }
    await expect(systemTopic('a-topic', { ...asked, identity: unknown })).rejects.toMatchObject(
      refusal(400, 'InvalidRequest', 'could not be found')
    )
    await systemTopic('a-topic', asked)
    await expect(systemTopic('another', asked)).rejects.toMatchObject(
      refusal(400, 'InvalidRequest', 'existing tracked system topic for the given source')
    )
  })

  test('an identity of another subscription, which nobody let this one hand out', async () => {
    const { systemTopic } = asSlot1()
    const foreign = simulation.config.events?.deadLetters[2].identity ?? ''
    const asked = requestedTopic(vaultId(), { ...wanted(), deadLetterIdentity: foreign }, {})
    await expect(systemTopic('a-topic', asked)).rejects.toMatchObject(
      refusal(403, 'AuthorizationFailed', 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action')
    )
  })

  test('an event subscription by http, of unknown events, with dead letters of another’s identity or into nowhere', async () => {
    await events().make(plan, wanted(), 'contoso-1')
    const { eventSubscription } = asSlot1()
    const { properties } = requestedSubscription(simulation.config.events?.endpoint ?? '', wanted())
    const changed = (change: object) => eventSubscription({ properties: { ...properties, ...change } })
    const plain = { endpointType: 'WebHook', properties: { endpointUrl: 'http://contoso.com/hook' } }
    await expect(changed({ destination: plain })).rejects.toMatchObject(refusal(400, 'InvalidRequest', 'https'))
    await expect(changed({ filter: { includedEventTypes: ['Microsoft.KeyVault.KeyDeleted'] } })).rejects.toMatchObject(
      refusal(400, 'InvalidRequest', 'KeyDeleted')
    )
    const letters = properties.deadLetterWithResourceIdentity
    const other = { ...letters, identity: { type: 'UserAssigned', userAssignedIdentity: '/elsewhere' } }
    await expect(changed({ deadLetterWithResourceIdentity: other })).rejects.toMatchObject(
      refusal(400, 'InvalidRequest', 'not assigned')
    )
    const backups = {
      ...letters,
      deadLetterDestination: {
        endpointType: 'StorageBlob',
        properties: { resourceId: wanted().deadLetterStore, blobContainerName: 'backups' }
      }
    }
    await expect(changed({ deadLetterWithResourceIdentity: backups })).rejects.toMatchObject(
      refusal(400, 'InvalidRequest', 'may not write')
    )
  })

  test('the other slot’s identity everything', async () => {
    await expect(simulation.azure.slot(2).events.read(plan)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(simulation.azure.slot(2).events.make(plan, wanted(), 'contoso-1')).rejects.toMatchObject({
      kind: 'forbidden',
      missingRight: expect.stringContaining('Microsoft.EventGrid/systemTopics/read') as string
    })
  })
})

test('a recovered vault has lost its event subscription, and gets it again', async () => {
  await events().make(plan, wanted(), 'contoso-1')
  const vault = vaults(world()).get(plan.vaultName.toLowerCase())
  if (!vault) throw new Error('the vault was not made')
  deletedVaults(world()).set(plan.vaultName.toLowerCase(), { vault, deletedAt: simulation.simulated.clock.now() })
  vaults(world()).delete(plan.vaultName.toLowerCase())
  await simulation.azure.slot(1).vaults.recover(plan, tenantId)
  expect((await events().read(plan)).value.subscription).toBeUndefined()
  expect((await events().make(plan, wanted(), 'contoso-1')).value.subscription?.provisioningState).toBe('Succeeded')
})
