import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Exchange } from '../../local/azure/core/answer.ts'
import { postedAs } from '../../local/azure/eventgrid/post-to-webhook.ts'
import { accessPolicyEventOf, keyEventOf } from '../../local/azure/eventgrid/key-event.ts'
import { azuriteEngine } from '../../local/azure/storage/azurite-engine.ts'
import type { BlobEngine } from '../../local/azure/storage/engine.ts'
import { inMemoryEngine } from '../../local/azure/storage/in-memory/engine.ts'
import { operationNames } from '../../local/azure/storage/operations.ts'
import { startStorage } from '../../local/azure/storage/service.ts'
import { tenantId } from '../local/azure/arm/request.ts'
import { freshSurroundings, putVault } from '../local/azure/data-planes.ts'
import { services, startConversation } from './conversation.ts'
import { blobAccount } from './every-blob-operation.ts'
import { askForEverything } from './every-operation.ts'
import { facts, factsText, type Facts } from './facts.ts'
import { faultsOfPosted } from './fits-event.ts'
import { faultsOf } from './fits-facts.ts'
import { unlikeTheClients } from './known-words.ts'
import { changedFacts } from './changed-facts.ts'
import { refusedOperations, unheldOperations } from './unheld.ts'
import { bodyOf } from './wire-text.ts'

let exchanges: readonly Exchange[]
let fromMemory: readonly Exchange[]
const vault = putVault({ name: 'contract-vault' }, freshSurroundings())
const at = '2026-11-23T17:00:00.000Z'
const key = { vault, key: 'k', version: { version: 'a'.repeat(32), notBefore: 1, expires: 253402214400 } }
const posted = (['CloudEventSchemaV1_0', 'EventGridSchema'] as const).flatMap((schema) =>
  [keyEventOf(key, at), accessPolicyEventOf(vault, at)].map((event) => postedAs(schema, event))
)

beforeAll(async () => {
  exchanges = await everythingAsked(await azuriteEngine([blobAccount.name]))
  fromMemory = await everythingAsked(inMemoryEngine())
})

async function everythingAsked(engine: BlobEngine): Promise<readonly Exchange[]> {
  const storage = await startStorage({ engine, tenantId, accounts: [blobAccount] })
  const conversation = startConversation([storage.service])
  await askForEverything(conversation)
  await storage.stop()
  return conversation.exchanges
}

test('every answer of the simulated Azure fits the published definition of its operation', () => {
  expect(faultsIn(facts)).toEqual([])
})

test('the store in memory answers as Azurite does, header by header', () => {
  expect(fromMemory.flatMap((exchange) => faultsOf(facts, exchange))).toEqual([])
  expect(fromMemory.filter(isOfStorage).map(outline)).toEqual(exchanges.filter(isOfStorage).map(outline))
})

const isOfStorage = ({ service }: Exchange): boolean => service === 'storage'

/** What must be the same: all but what each store chooses, its tags and words. */
function outline({ operation, response: { status, headers = {}, body } }: Exchange) {
  const elements = [...String(body).matchAll(/<([A-Za-z]\w*)/g)].map((match) => match[1] ?? '')
  return {
    operation,
    status,
    code: headers['x-ms-error-code'],
    headers: Object.keys(headers)
      .toSorted()
      .filter((name) => name !== 'content-length'),
    elements: elements.toSorted()
  }
}

test('every event that is posted fits the published definition of events', () => {
  expect(posted.flatMap((each) => faultsOfPosted(facts, each))).toEqual([])
})

test('every operation that is simulated is held against a definition, and answered', () => {
  const routed = services.flatMap(({ name, routes }) => routes.map(({ operation }) => `${name} ${operation}`))
  const all = new Set([...routed, ...operationNames.map((operation) => `storage ${operation}`)])
  const held = [...all].filter((operation) => !unheldOperations.has(operation) && !refusedOperations.has(operation))
  expect(held.toSorted()).toEqual(Object.keys(facts.operations).toSorted())
  expect(unanswered(facts)).toEqual([])
})

test('the words of the enumerations are those the clients of Microsoft know', () => {
  expect(unlikeTheClients(facts)).toEqual([])
})

test('the facts are those that were read: a weaker one, or another source, would show in no answer', () => {
  const digest = createHash('sha256')
    .update(JSON.stringify(JSON.parse(factsText)))
    .digest('hex')
  expect(digest).toBe('3eff39939fdecaedaef588b60d99f6356792d40dd7e8d6f7ae479e65ad7c924a')
})

test('no fact can change without a fault', () => {
  expect(changedFacts(facts).length).toBeGreaterThan(800)
  const quiet = changedFacts(facts).filter(
    ({ changed }) =>
      !exchanges.some((exchange) => faultsOf(changed, exchange).length > 0) &&
      !posted.some((each) => faultsOfPosted(changed, each).length > 0) &&
      [unanswered, unseen, unlikeTheClients].every((faults) => faults(changed).length === 0)
  )
  expect(quiet.map(({ at }) => at)).toEqual([])
})

const faultsIn = (held: Facts): string[] => exchanges.flatMap((exchange) => faultsOf(held, exchange))

/** Statuses that the facts have and nobody was answered with. */
function unanswered(held: Facts): string[] {
  const seen = new Set(
    exchanges.map(({ service, operation, response }) => `${service} ${operation} ${String(response.status)}`)
  )
  return Object.entries(held.operations)
    .flatMap(([name, { answers }]) => Object.keys(answers).map((status) => `${name} ${status}`))
    .filter((answer) => !seen.has(answer))
}

/** Properties that the facts have and no answer had: a fact that nothing is held against. */
function unseen(held: Facts): string[] {
  const seen = new Set<string>()
  const names = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, each] of Object.entries(value)) {
      seen.add(name)
      names(each)
    }
  }
  names(posted)
  for (const { response } of exchanges) {
    names(bodyOf(held, response, ''))
    names(response.headers)
  }
  const isSeen = (name: string) =>
    name.endsWith('*') ? [...seen].some((each) => each.startsWith(name.slice(0, -1))) : seen.has(name)
  return Object.values(held.shapes)
    .flatMap((shape) => Object.keys(shape))
    .filter((name) => !isSeen(name))
}
