import type { Topic, EventSubscription, VaultEvents } from '../../../src/domain/resources/event-subscription.ts'
import { describe, expect, test } from 'vitest'
import { eventsChecks, isUnfinished } from '../../../src/domain/checks/events.ts'
import { keyEventTypes, parseKeyEvent } from '../../../src/domain/backups/key-event.ts'
import { findingsOf } from '../holding.ts'

const wanted = {
  region: 'westus2',
  endpoint: 'https://app.azurewebsites.net/runtime/webhooks/EventGrid',
  deadLetterIdentity:
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/letters',
  deadLetterStore: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/store'
}
const topic: Topic = {
  name: 't',
  region: 'westus2',
  provisioningState: 'Succeeded',
  identities: [wanted.deadLetterIdentity.toUpperCase()]
}
const subscription: EventSubscription = {
  name: 'customer-key',
  provisioningState: 'Succeeded',
  endpoint: wanted.endpoint.toUpperCase(),
  schema: 'CloudEventSchemaV1_0',
  eventTypes: [...keyEventTypes, 'Microsoft.KeyVault.SecretExpired'],
  isNarrowed: false,
  deadLetter: { identity: wanted.deadLetterIdentity, store: wanted.deadLetterStore, container: 'dead-letters' }
}
const sound: VaultEvents = { vaultName: 'v', resourceGroup: 'g', topic, subscription }
const found = (seen: Partial<VaultEvents>) => findingsOf(eventsChecks, { ...sound, ...seen }, wanted)

test('events that reach the app hold, in whatever case Azure writes ids, and with more of them than are wanted', () => {
  expect(found({})).toEqual({})
})

describe('events-topic', () => {
  test.each<[string, Partial<Topic>]>([
    ['in another region', { region: 'eastus2' }],
    ['that is not ready', { provisioningState: 'Failed' }],
    ['without the identity for dead letters', { identities: [] }]
  ])('finds a topic %s', (_, change) => {
    expect(Object.keys(found({ topic: { ...topic, ...change } }))).toEqual(['events-topic'])
  })

  test('finds that there is none, and asks no more of it', () => {
    expect(Object.keys(found({ topic: undefined, subscription: undefined }))).toEqual(['events-topic'])
  })
})

describe('events-subscribed', () => {
  test.each<[string, Partial<EventSubscription>]>([
    ['that waits for a person', { provisioningState: 'AwaitingManualAction' }],
    ['to another webhook', { endpoint: 'https://other/' }],
    ['in another schema', { schema: 'EventGridSchema' }],
    ['of some events only', { eventTypes: keyEventTypes.slice(1) }],
    ['that lets only some through', { isNarrowed: true }]
  ])('finds one %s', (_, change) => {
    const findings = found({ subscription: { ...subscription, ...change } })
    expect(Object.keys(findings)).toEqual(['events-subscribed'])
    expect(findings['events-subscribed']).toMatchObject({
      overridable: true,
      remedy: expect.stringContaining('event-subscription delete') as string
    })
  })

  test('finds that there is none, and points to the webhook', () => {
    expect(found({ subscription: undefined })['events-subscribed']?.remedy).toContain('CKEY_EVENT_ENDPOINT')
  })
})

test.each<[string, EventSubscription['deadLetter']]>([
  ['that are lost', undefined],
  [
    'that go elsewhere',
    { identity: wanted.deadLetterIdentity, store: `${wanted.deadLetterStore}2`, container: 'dead-letters' }
  ],
  [
    'that go among the backups',
    { identity: wanted.deadLetterIdentity, store: wanted.deadLetterStore, container: 'backups' }
  ]
])('events-dead-letters finds dead letters %s', (_, deadLetter) => {
  expect(Object.keys(found({ subscription: { ...subscription, deadLetter } }))).toEqual(['events-dead-letters'])
})

test('what Azure is still making is not judged yet', () => {
  expect(isUnfinished(sound)).toBe(false)
  expect(isUnfinished({ topic: { ...topic, provisioningState: 'Creating' }, subscription: undefined })).toBe(true)
  expect(isUnfinished({ topic, subscription: { ...subscription, provisioningState: 'Updating' } })).toBe(true)
  expect(isUnfinished({ topic: undefined, subscription: undefined })).toBe(false)
})

test('every event that is asked for is one that the app understands', () => {
  const vaultId =
    '/subscriptions/8d1c6a3e-0b7f-4c55-9a51-3f2f6f0e7a02/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/some-vault'
  const eventOf = (type: string) => ({
    specversion: '1.0',
    id: '1',
    source: vaultId,
    type,
    subject: 'k',
    time: '2026-11-23T17:00:00Z',
    data: { VaultName: 'some-vault', ObjectName: 'k' }
  })
  expect(keyEventTypes.filter((type) => parseKeyEvent(eventOf(type)) === undefined)).toEqual([])
})
