import { beforeAll, expect, test } from 'vitest'
import type { Exchange } from '../../local/azure/core/answer.ts'
import { graphService } from '../../local/azure/graph/service.ts'
import { inMemoryEngine } from '../../local/azure/storage/in-memory/engine.ts'
import { startStorage } from '../../local/azure/storage/service.ts'
import { tenantId } from '../local/azure/arm/request.ts'
import { startConversation } from './conversation.ts'
import { blobAccount } from './every-blob-operation.ts'
import { askForEverything } from './every-operation.ts'
import { askMore } from './recordings/ask-more.ts'
import { differencesOf } from './recordings/differences.ts'
import { named } from './recordings/named.ts'
import { recorded } from './recordings/recorded.ts'

let exchanges: readonly Exchange[]
let differences: readonly string[]

beforeAll(async () => {
  const storage = await startStorage({ engine: inMemoryEngine(), tenantId, accounts: [blobAccount] })
  const conversation = startConversation([storage.service, graphService])
  await askForEverything(conversation)
  await askMore(conversation)
  await storage.stop()
  exchanges = conversation.exchanges
  differences = differencesOf(recorded.pairs, exchanges)
})

test('the simulated Azure answers as the recorded Azure did, but for what is named', () => {
  expect(differences.filter((each) => !named.some(({ of }) => of.test(each)))).toEqual([])
})

test('each difference that is named is there still', () => {
  expect(named.filter(({ of }) => !differences.some((each) => of.test(each)))).toEqual([])
})

test('more than a hundred pairs of all services with recordings are held against it', () => {
  expect(recorded.pairs.length).toBeGreaterThan(100)
  expect([...new Set(recorded.pairs.map(({ operation }) => operation.split(' ')[0]))].toSorted()).toEqual([
    'arm',
    'graph',
    'keyvault',
    'storage'
  ])
})

test('a property, a header, a type or a word that Azure has otherwise shows as a difference', () => {
  const pair = recorded.pairs.find(({ operation, status }) => operation === 'arm vaults.get' && status === 200)
  if (!pair) throw new Error('there is no pair of vaults.get')
  const changed = {
    ...pair,
    headers: [...pair.headers, 'x-ms-other'],
    body: { ...pair.body, other: 'string', name: 'number' },
    words: { type: ['microsoft.keyVault/vaults'] }
  }
  const shown = differencesOf([changed], exchanges)
  for (const part of [
    'other is missing',
    'name is never number',
    'header x-ms-other is missing',
    'type says Microsoft.KeyVault/vaults, not microsoft.keyVault/vaults'
  ])
    expect(shown).toContain(`arm vaults.get 200: ${part}`)
})

test('nothing but facts is kept of a recording: no sentence, no id, no name that somebody gave', () => {
  const kept = recorded.pairs.flatMap(({ headers, body, words }) => [
    ...headers,
    ...Object.keys(body),
    ...Object.values(words).flat()
  ])
  expect(kept.filter((each) => /\s|[0-9a-f]{8}-[0-9a-f]{4}|@.*\.|^https?:/.test(each.replace('@odata.', '')))).toEqual(
    []
  )
})
