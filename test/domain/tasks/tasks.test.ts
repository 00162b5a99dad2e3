import { describe, expect, test } from 'vitest'
import { importAsked } from '../../../src/domain/tasks/key-import.ts'
import { sendTask } from '../../../src/domain/tasks/mail-tasks.ts'
import { answerJsonSchema, answerSchema, offerOf, taskFaults, taskNames } from '../../../src/domain/tasks/tasks.ts'
import { planOf, threeWorkloads } from '../examples.ts'
import { matching } from '../matching.ts'

const offer = { requestId: 'FT-104233', officers: [{ name: 'Olga Officer', email: 'olga@contoso.com' }] }
const digest = `v1.${'a'.repeat(64)}`
const reason = 'Microsoft accepts the offer, ticket 4711'

describe('an answer is taken', () => {
  test.each<[string, unknown]>([
    [taskNames.offer('exchange'), offer],
    [taskNames.offer('multi-workload'), offer],
    [taskNames.acknowledge, {}],
    [taskNames.acknowledge, { at: '2026-11-24T09:00:00-08:00', reference: 'mail of 24 November' }],
    [sendTask('exchange'), { at: '2026-11-24T09:00:00-08:00' }],
    [sendTask('sharepoint', 12), {}],
    [taskNames.approve(1), { planDigest: digest }],
    [taskNames.attestOffline(2), { location: 'Safe 3, Reno' }],
    [taskNames.retry('offer-type-slot-1'), {}],
    [taskNames.retry('offer-type-slot-1'), undefined],
    [taskNames.mend('key-expiry-contoso-ck-ex-vaulta1'), {}],
    [taskNames.importKey('Contoso-CK-EX-VaultA1'), undefined],
    [taskNames.assignContributor('Contoso-CK-EX-VaultA1'), undefined],
    [taskNames.override('offer-type-slot-1'), { reason }],
    [taskNames.replaceOperator(1), { leaves: 'alice@contoso.com', joins: 'Anna@contoso.com', reason }],
    [
      taskNames.replaceOfficer,
      { leaves: 'olga@contoso.com', joins: { name: 'Omar', email: 'omar@contoso.com' }, reason }
    ],
    [taskNames.cancel, { reason }]
  ])('for %s: %j', (task, body) => {
    expect(taskFaults(task, body)).toEqual([])
  })
})

describe('an answer is refused, with the path of its fault', () => {
  test.each<[string, unknown, string]>([
    ['offer-exchange', { ...offer, requestId: '' }, '/requestId'],
    ['offer-exchange', { ...offer, requestId: 'FT 1\nSubject: x' }, '/requestId'],
    ['offer-exchange', { ...offer, officers: [] }, '/officers'],
    ['offer-exchange', { ...offer, officers: [{ name: 'O', email: 'a@b.c, d@e.f' }] }, '/officers/0/email'],
    ['offer-exchange', { ...offer, officers: [{ name: 'two\nlines', email: 'a@b.cd' }] }, '/officers/0/name'],
    ['offer-exchange', { ...offer, officers: [{ name: '  ', email: 'a@b.cd' }] }, '/officers/0/name'],
    ['offer-exchange', undefined, '/requestId'],
    ['acknowledge', { at: 'yesterday' }, '/at'],
    ['send-mail-exchange', { at: 'noon' }, '/at'],
    ['approve-slot-1', { planDigest: 'abc' }, '/planDigest'],
    ['attest-offline-1', { location: 'x'.repeat(201) }, '/location'],
    ['retry-x', { now: true }, '/now'],
    ['override-x', { reason: 'because' }, '/reason'],
    ['replace-operator-1', { leaves: 'alice@contoso.com', joins: 'anna', reason }, '/joins'],
    ['replace-officer', { leaves: 'olga@contoso.com', joins: { email: 'omar@contoso.com' }, reason }, '/joins/name'],
    ['cancel', {}, '/reason']
  ])('for %s: %j', (task, body, path) => {
    expect(taskFaults(task, body).map((fault) => fault.path)).toContain(path)
  })
})

test.each([
  'offer-teams',
  'send-mail-teams',
  'send-escalation-0-exchange',
  'approve-slot-3',
  'retry-',
  'mend-',
  'import-',
  'import-Vault',
  'override-A',
  'cancel-all',
  'constructor',
  ''
])('there is no task %j', (task) => {
  expect(answerSchema(task)).toBeUndefined()
  expect(answerJsonSchema(task)).toBeUndefined()
  expect(taskFaults(task, {})).toMatchObject([{ path: '', message: matching(/There is no task/) }])
})

test('the schema of an answer is told as JSON Schema', () => {
  expect(answerJsonSchema('approve-slot-1')).toMatchObject({
    type: 'object',
    required: ['planDigest'],
    additionalProperties: false
  })
})

test('an offer is the answer, its workload, and who gave it when', () => {
  const answered = { task: 'offer-exchange', by: 'alice@contoso.com', at: '2026-11-23T18:12:00.000Z', answer: offer }
  expect(offerOf('exchange', answered)).toEqual({
    workload: 'exchange',
    ...offer,
    submittedBy: 'alice@contoso.com',
    at: '2026-11-23T18:12:00.000Z'
  })
  expect(() => offerOf('exchange', { ...answered, answer: {} })).toThrow()
})

test('who is asked to import is told vault, key, rules and command', () => {
  const [exchange] = planOf(threeWorkloads()).policies
  const [vault] = exchange?.vaults ?? []
  const asked = (sku: 'premium' | 'standard') =>
    importAsked({ vault: vault ?? expect.fail('no vault'), keySize: 3072, sku })
  expect(asked('premium')).toMatch(/RSA of 3072 bits, for wrapKey and unwrapKey, without expiration date/)
  const command =
    'az keyvault key import --vault-name Contoso-CK-EX-NA-VaultA1 --name Contoso-CK-EX-NA-VaultA1-Key001 --ops wrapKey unwrapKey'
  expect(asked('premium')).toContain(`${command} --byok-file FILE (or --pem-file FILE --protection hsm)`)
  expect(asked('standard')).toContain(`${command} --pem-file FILE --protection software`)
})
