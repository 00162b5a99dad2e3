import { expect, test } from 'vitest'
import type { JournalEntry } from '../../../local/azure/core/journal.ts'
import { wronglyCited } from '../../../local/rehearsal/wrongly-cited.ts'
import type { Call, Evidence } from '../../../src/domain/terms/evidence.ts'

const [own, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
const at = '2026-11-30T23:42:00.000Z'

const pathOf = (subscription: string): string =>
  `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleAssignments`

const entryOf = (requestId: string, path: string): JournalEntry => ({
  ...{ seq: 1, at: '2026-11-30T23:42:00.400Z', service: 'arm', method: 'GET', status: 200, applied: true },
  ...{ operation: 'roleAssignments.listForScope', host: 'management.azure.com', path, requestId }
})

const callOf = ({ requestId, host, path }: JournalEntry): Call => ({
  ...{ operation: 'LIST role assignments', requestId, identity: 'slot-1', path: `${host}${path}`, at }
})

const journal = [entryOf('own', pathOf(own)), entryOf('other', pathOf(other)), entryOf('again', pathOf(own))]
const [ofOwn, ofOther, ofOwnAgain] = journal.map(callOf) as [Call, Call, Call] // as many as are made of

const record = (change: Partial<Evidence>): Evidence => ({
  ...{ requirement: 'R32', check: 'administrators-apart', resource: own, held: true, at, call: ofOwn },
  ...{ observed: 'apart', expected: 'apart' },
  ...change
})

const saidOf = (change: Partial<Evidence>): string[] => wronglyCited(journal, [record(change)])

test('evidence of two subscriptions names the answers of both, at their moments', () => {
  expect(saidOf({ besides: [ofOther] })).toEqual([])
})

test.each<[string, Partial<Evidence>, RegExp]>([
  ['one answer where it takes two', {}, /named once only/],
  ['the same subscription twice', { besides: [ofOwnAgain] }, /named once only/],
  ['an answer that nobody gave', { besides: [{ ...ofOther, requestId: 'made up' }] }, /no answer has the id/],
  [
    'an answer of another operation',
    { besides: [ofOther, { ...ofOther, operation: 'GET user' }] },
    /is not what it reads/
  ],
  ['another place', { besides: [{ ...ofOther, path: 'management.azure.com/elsewhere' }] }, /elsewhere was/],
  ['another’s answer first', { call: ofOther, besides: [ofOwn] }, /about something else/],
  ['a moment before its call', { besides: [ofOther], at: '2026-11-30T23:41:00.000Z' }, /before one of its calls/],
  ['a moment that its answer does not say', { besides: [{ ...ofOther, at: '2026-11-30T23:39:00.000Z' }] }, / was 2026/],
  [
    'no moment',
    { besides: [{ operation: ofOther.operation, requestId: 'other', identity: 'slot-1' }] },
    /undefined was/
  ]
])('evidence that names %s is noticed', (_, change, said) => {
  expect(saidOf(change).join()).toMatch(said)
})
