import { describe, expect, test } from 'vitest'
import { parseAnswer, readAnswer, reasonOf } from '../../../src/domain/tasks/answers.ts'
import { offerOf } from '../../../src/domain/tasks/offer.ts'
import { saidMoment, whyNotThen } from '../../../src/domain/tasks/said-moment.ts'
import { askedOf } from '../../../src/domain/tasks/task-kinds.ts'
import { personNamed, planOf, threeWorkloads } from '../examples.ts'
import { taskOf } from '../tasks.ts'

const offer = { requestId: 'FT-104233', officers: [{ name: 'Olga Officer', email: 'olga@contoso.com' }] }
const plan = planOf(threeWorkloads())
const reason = 'Microsoft accepts the offer, ticket 4711'

describe('an answer is taken', () => {
  test.each<[string, unknown]>([
    ['offer-exchange', offer],
    ['offer-multi-workload', offer],
    ['acknowledge', {}],
    ['acknowledge', { at: '2026-11-24T09:00:00-08:00', reference: 'mail of 24 November' }],
    ['send-mail-exchange', { at: '2026-11-24T09:00:00-08:00' }],
    ['send-escalation-12-sharepoint', {}],
    ['approve-slot-1', { planDigest: plan.digest }],
    ['attest-offline-2', { location: 'Safe 3, Reno' }],
    ['retry-offer-type-slot-1', {}],
    ['retry-offer-type-slot-1', undefined],
    ['mend-key-expiry-contoso-ck-ex-vaulta1', {}],
    ['import-contoso-ck-ex-vaulta1', undefined],
    ['assign-contributor-contoso-ck-ex-vaulta1', undefined],
    ['override-offer-type-slot-1', { reason }],
    ['replace-operator-1', { leaves: 'alice@contoso.com', joins: 'Anna@contoso.com', reason }],
    ['replace-officer', { leaves: 'olga@contoso.com', joins: { name: 'Omar', email: 'omar@contoso.com' }, reason }],
    ['cancel', { reason }]
  ])('for %s: %j', (task, body) => {
    expect(readAnswer(taskOf(task), body, plan).faults).toBeUndefined()
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
    expect(readAnswer(taskOf(task), body, plan).faults?.map((fault) => fault.path)).toContain(path)
  })
})

test('an approval of another plan is refused, and told the digest of this one', () => {
  const other = plan.digest.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  const { faults } = readAnswer({ kind: 'approve', slot: 1 }, { planDigest: other }, plan)
  expect(faults).toMatchObject([{ path: '/planDigest' }])
  expect(faults?.[0]?.message).toContain(plan.digest)
})

test('a reason is told where the answer gives one, and never of what is no answer', () => {
  expect(reasonOf({ kind: 'cancel' }, { reason })).toBe(reason)
  expect(reasonOf({ kind: 'cancel' }, { reason: 1 })).toBeUndefined()
  expect(reasonOf({ kind: 'retry', code: 'x' }, { reason })).toBeUndefined()
})

test('a mail was sent when the person says, and never later than they said it', () => {
  const at = '2026-11-24T17:00:00.000Z'
  expect(saidMoment({ at, answer: {} })).toBe(at)
  expect(saidMoment({ at, answer: { at: '2026-11-24T08:00:00-08:00' } })).toBe('2026-11-24T16:00:00.000Z')
  expect(saidMoment({ at, answer: { at: '2026-11-25T08:00:00-08:00' } })).toBe(at)
})

test('what happened after something else was not before it and has come, by the minute in which people say it', () => {
  const at = '2026-11-24T17:00:20.000Z'
  const earliest = { cannot: 'It cannot have been sent', before: 'it was written', at: '2026-11-24T16:00:59.000Z' }
  const why = (then?: string) => whyNotThen({ at, answer: then === undefined ? {} : { at: then } }, earliest)
  expect([why(), why('2026-11-24T17:00:59Z'), why('2026-11-24T08:00:00-08:00')]).toEqual([
    undefined,
    undefined,
    undefined
  ])
  expect(why('2026-11-24T15:59:59Z')).toBe(
    'It cannot have been sent at 2026-11-24T15:59Z: it was written at 2026-11-24T16:00Z. Say when it was.'
  )
  expect(why('2027-11-24T08:00:00-08:00')).toBe(
    'It cannot have been sent at 2027-11-24T16:00Z: that had not come at 2026-11-24T17:00Z. Say when it was; empty means now.'
  )
})

test('an offer is the answer, its workload, and who gave it when', () => {
  const task = { kind: 'offer', workload: 'exchange' } as const
  const by = 'alice@contoso.com'
  const said = { task, by, person: personNamed(by), at: '2026-11-23T18:12:00.000Z', answer: parseAnswer(task, offer) }
  expect(offerOf(said)).toEqual({
    workload: 'exchange',
    ...offer,
    submittedBy: 'alice@contoso.com',
    at: '2026-11-23T18:12:00.000Z'
  })
  expect(() => parseAnswer(task, {})).toThrow()
})

test('who is asked to import is told vault, key, rules and command', () => {
  const [exchange] = plan.policies
  const [vault = expect.fail('no vault')] = exchange?.vaults ?? []
  const task = { kind: 'import-key', vault: vault.vaultName.toLowerCase() } as const
  const asked = (sku: 'premium' | 'standard', again = false) =>
    askedOf(task, { task: { vault, keySize: 3072, sku }, again })
  expect(asked('premium')).toMatch(/^Import key .*RSA of 3072 bits, for wrapKey and unwrapKey, without expiration date/)
  expect(asked('premium', true)).toMatch(/^There is no key .* yet\. Import key /)
  const command =
    'az keyvault key import --vault-name Contoso-CK-EX-NA-VaultA1 --name Contoso-CK-EX-NA-VaultA1-Key001 --ops wrapKey unwrapKey'
  expect(asked('premium')).toContain(`${command} --byok-file FILE (or --pem-file FILE --protection hsm)`)
  expect(asked('standard')).toContain(`${command} --pem-file FILE --protection software`)
})
