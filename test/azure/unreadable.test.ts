import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Exchange } from '../../local/azure/core/answer.ts'
import type { SimulatedResponse } from '../../local/azure/core/service.ts'
import type { AnswerName } from '../../src/azure/answers/answers.ts'
import { AzureCallError, isPassing } from '../../src/azure/errors.ts'
import { answerNames as names, useEveryAnswer } from './use-every-answer.ts'
import { pageMisfits, partMisfits, wholeMisfits, wordlessRefusals, type Misfits } from './misfits.ts'

const { simulation, heard } = useEveryAnswer()
const exchanges: Exchange[] = []

beforeAll(() => {
  simulation.simulated.onAnswered((exchange) => void exchanges.push(exchange))
})

const headersOnly = (name: AnswerName): boolean => /^blob\./.test(name)
const wireName = (name: AnswerName): string => heard(name).operation ?? name

/** The answer as Azure gives it when nothing is wrong. */
async function good(name: AnswerName): Promise<Exchange> {
  exchanges.length = 0
  await heard(name).ask()
  const found = exchanges.findLast(({ operation, response }) => operation === wireName(name) && response.status < 300)
  if (!found) throw new Error(`No call brought the answer ${name}.`)
  return found
}

/** What the app makes of an answer in whose place something else is said. */
async function madeOf(name: AnswerName, says: (answer: SimulatedResponse) => SimulatedResponse): Promise<unknown> {
  const { service, ask } = heard(name)
  const operation = wireName(name)
  const remove = simulation.simulated.faults.add({ service, operation, kind: 'answer', says, times: 'always' })
  try {
    return await ask().catch((error: unknown) => error)
  } finally {
    remove()
  }
}

const unreadable = { kind: 'unreadable', code: 'UnexpectedAnswer' }

function misfitsOf(name: AnswerName): Misfits {
  if (headersOnly(name))
    return [['a yes without a word', ({ status }) => ({ status: status >= 400 ? 200 : status })], ...wholeMisfits]
  return wholeMisfits
}

describe.for(names)('%s', (name) => {
  test('that is no answer at all is none, and passes neither by itself nor as true', async () => {
    await good(name)
    for (const [what, says] of misfitsOf(name)) {
      const made = await madeOf(name, says)
      if (name === 'blob.lease.release') continue // a lock that cannot be given back ends by itself
      expect(made, what).toBeInstanceOf(AzureCallError)
      expect(made, what).toMatchObject({ kind: 'unreadable' })
      expect(isPassing(made), what).toBe(false)
      expect(String(made), what).not.toMatch(/Cannot read|undefined \(|try again later/i)
    }
  })

  test('that is no, in nobody’s words, is Azure’s no all the same and no fault of the app', async () => {
    for (const [what, says] of wordlessRefusals) {
      const made = await madeOf(name, says)
      if (!(made instanceof Error)) continue // a definition that cannot be read is a doubt, a lock ends by itself
      expect(made, what).toBeInstanceOf(AzureCallError)
      expect(isPassing(made), what).toBe(false)
    }
  })

  test('without one of its parts, or with another kind of one, is read as it is or not at all', async () => {
    const { response } = await good(name)
    if (response.json === undefined) return
    for (const [what, says] of partMisfits(response.json)) {
      const made = await madeOf(name, says)
      if (!(made instanceof Error)) continue
      expect(made, what).toMatchObject(unreadable)
      expect(made.message, what).not.toMatch(/Cannot read/)
    }
  })

  test('that is a list leads to its next pages only', async () => {
    const { response, request } = await good(name)
    const { value } = Object(response.json) as { value?: unknown }
    if (!Array.isArray(value) || name === 'organization.list' || name === 'subscribedSkus.list') return
    const query = [...request.query].map(([key, said]) => `${key}=${encodeURIComponent(said)}`).join('&')
    for (const [what, says] of pageMisfits(`https://${request.host}${request.path}?${query}`)) {
      expect(await madeOf(name, says), what).toMatchObject(unreadable)
    }
  })
})

test('what is said of an answer names who gave it to what, and what was expected where', async () => {
  const made = await madeOf('roleAssignments.listForScope', () => ({ status: 200, json: { value: {} } }))
  expect(made).toMatchObject({
    service: 'Azure Resource Manager',
    call: { operation: 'LIST role assignments', identity: 'slot-1' }
  })
  expect(String(made)).toMatch(/200 UnexpectedAnswer.*request [0-9a-f-]{36}: \/value: .*expected array/)
  expect(JSON.stringify({ ...(made as Error) })).not.toContain('Bearer')
})

test('what is written as Azure writes it is read, whatever it is called and however it is packed', async () => {
  const bytes = ({ json, body }: SimulatedResponse) => body ?? Buffer.from(JSON.stringify(json))
  for (const [headers, packed] of [
    [{ 'content-type': 'text/plain' }, bytes],
    [
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      (answer: SimulatedResponse) => gzipSync(bytes(answer))
    ]
  ] as const)
    for (const name of ['resources.list', 'keys.get', 'users.get'] as const) {
      const says = (answer: SimulatedResponse) => ({ status: answer.status, headers, body: packed(answer) })
      expect(await madeOf(name, says), name).not.toBeInstanceOf(Error)
    }
})

test('a rotation policy that somebody on the way does not find is not absent', async () => {
  const says = (code?: string) => () => ({ status: 404, ...(code && { json: { error: { code, message: 'no' } } }) })
  expect(await madeOf('keys.getRotationPolicy', says())).toMatchObject({ kind: 'not-found' })
  expect(await madeOf('keys.getRotationPolicy', says('KeyNotFound'))).toMatchObject({ value: { rotations: [] } })
})

test('the head of a blob that is not there, answered with yes, is no blob of no bytes', async () => {
  const operation = 'blob.getProperties'
  simulation.simulated.faults.add({
    service: 'storage',
    operation,
    kind: 'answer',
    says: () => ({ status: 200 }),
    times: 1
  })
  const look = () => simulation.azure.slot(1).store.properties({ container: 'backups', name: 'nobody/s.keybackup' })
  await expect(look()).rejects.toMatchObject({ kind: 'unreadable' })
  expect((await look()).value).toBeUndefined()
})

test('content that is not what Storage keeps is none', async () => {
  const place = { container: 'backups', name: 'contoso-1/other.keybackup' } as const
  const { store } = simulation.azure.slot(1)
  await store.putNew(place, { bytes: Buffer.from('content'), contentType: 'text/plain' })
  const says = (answer: SimulatedResponse) => ({ ...answer, body: Buffer.from('contend') })
  simulation.simulated.faults.add({ service: 'storage', operation: 'blob.get', kind: 'answer', says, times: 1 })
  await expect(store.read(place)).rejects.toMatchObject({ kind: 'unreadable' })
  expect(String((await store.read(place)).value?.bytes)).toBe('content')
})
