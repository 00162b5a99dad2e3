import { beforeAll, expect, test } from 'vitest'
import { allDelivered, type Delivered, type Lying } from '../../../local/recount/delivered.ts'
import { known } from '../../../local/recount/answered.ts'
import { untrueIn } from '../../../local/recount/recount.ts'
import { sees } from '../../../local/recount/sees.ts'
import { sourceOf } from '../../../local/recount/source.ts'
import { removeSetupRole } from '../../../local/azure/setup-roles.ts'
import { allChecks } from '../../../src/domain/checks/all-checks.ts'
import { readBy } from '../../../src/domain/checks/reads.ts'
import { alice, bob, fromOffersToApproved, useApp } from '../../app/running-app.ts'
import { fabrikam } from '../../app/requests.ts'

// One onboarding that is true; then every lie about it that can be made of its parts, one at a time.
const app = useApp()
const id = 'recounted'
let whole: Delivered

beforeAll(async () => {
  await app.start(fabrikam({ id }))
  await fromOffersToApproved(app, id)
  await app.until(id, ({ step }) => step === 'attestations')
  for (const slot of [1, 2] as const) removeSetupRole(app.stage.azure.world, slot)
  for (const [task, who, answer] of [
    ['attest-offline-1', alice, { location: 'safe 1' }],
    ['attest-offline-2', bob, { location: 'safe 2' }],
    ['remove-setup-role-1', alice, {}],
    ['remove-setup-role-2', bob, {}]
  ] as const)
    await app.answer(id, task, who, answer)
  await app.until(id, ({ status }) => status === 'completed')
  const [only] = await allDelivered(sourceOf(app.stage.azure))
  if (!only) throw new Error('Nothing was handed off.')
  whole = only
}, 120_000)

test('a hand-off is counted anew as it says', () => {
  expect(untrueIn(whole)).toEqual([])
  expect(whole.handOff.requirements).toHaveLength(47)
})

/** Rows that name a record. */
const rowsOn = ({ id: of }: Lying): string[] =>
  whole.handOff.requirements.flatMap((row) => (row.evidence.includes(of) ? [row.id] : []))

const proving = (): Lying[] => whole.records.filter((each) => rowsOn(each).length > 0)

/** One of each check is as good as all. */
const oneOfEach = (): Lying[] => [...new Map(proving().map((each) => [each.check, each])).values()]

/** Rows that are not as said, where one record is another. */
const untrueWith = (lied: Lying, ...instead: readonly Lying[]): string[] => [
  ...new Set(
    untrueIn({ ...whole, records: whole.records.flatMap((each) => (each.id === lied.id ? instead : [each])) }).map(
      (said) => said.split(':')[0] ?? ''
    )
  )
]

const before = (at: string): string => new Date(Date.parse(at) - 60_000).toISOString()

/** Another record's call, of another resource where there is one. */
function callElsewhere(record: Lying): Lying['call'] {
  const others = whole.records.filter(({ call }) => call.path !== record.call.path)
  const same = others.find((each) => each.call.operation === record.call.operation && each.check === record.check)
  return (same ?? others[0] ?? record).call
}

const lies: Readonly<Record<string, (record: Lying) => readonly Lying[]>> = {
  'is gone': () => [],
  'does not hold': (record) => [{ ...record, held: false }],
  'is of before verification, or of after the mail': (record) => [
    {
      ...record,
      at: record.at < whole.handOff.verifiedSince ? whole.handOff.writtenAt : before(whole.handOff.verifiedSince)
    }
  ],
  'names a call that nobody made': (record) => [{ ...record, call: { ...record.call, requestId: 'made up' } }],
  'names the call of another resource': (record) => [{ ...record, call: callElsewhere(record) }],
  'names its call at another address': (record) => [
    { ...record, call: { ...record.call, path: 'management.azure.com/' } }
  ],
  'names another moment of its call': (record) => [
    { ...record, call: { ...record.call, at: before(record.call.at ?? record.at) } }
  ],
  'is another identity’s': (record) => [
    { ...record, call: { ...record.call, identity: record.call.identity === 'slot-1' ? 'slot-2' : 'slot-1' } }
  ],
  'is of another resource': (record) => [{ ...record, resource: 'another' }],
  'is of another check': (record) => [{ ...record, check: 'another' }]
}

test.each(Object.entries(lies))(
  'each row that rests on a record that %s is named',
  (_, lie) => {
    for (const record of lie === lies['is gone'] ? proving() : oneOfEach())
      expect([record.id, untrueWith(record, ...lie(record))]).toEqual([
        record.id,
        expect.arrayContaining(rowsOn(record))
      ])
  },
  30_000
)

test('each row that says better or other than what is there is named', () => {
  for (const row of whole.handOff.requirements) {
    const others = [
      ...['proved', 'proved · attested', 'attested', 'shown', 'not proved']
        .filter((status) => status !== row.status)
        .map((status) => ({ ...row, status })),
      { ...row, count: { ...row.count, of: row.count.of + 1 } },
      { ...row, count: { ...row.count, seen: row.count.seen - 1 } },
      { ...row, between: [before(whole.handOff.writtenAt), whole.handOff.writtenAt] as [string, string] },
      {
        ...row,
        words: [...row.words, { task: 'approve-slot-1', by: 'eve@fabrikam.com', at: row.id, in: 'approvals' }]
      },
      { ...row, evidence: [...row.evidence, 'another'] },
      { ...row, unread: ['another'] }
    ]
    for (const other of others) {
      const requirements = whole.handOff.requirements.map((each) => (each.id === row.id ? other : each))
      expect(untrueIn({ ...whole, handOff: { ...whole.handOff, requirements } })).toEqual([
        expect.stringMatching(new RegExp(`^${row.id}: `))
      ])
    }
  }
})

test('each row that rests on a word that nobody said is named', () => {
  for (const answer of whole.answers.filter(({ task }) => /^(offer|approve|attest)-/.test(task))) {
    const named = whole.handOff.requirements.filter(({ words }) => words.some(({ task }) => task === answer.task))
    const unsaid = { ...whole, answers: whole.answers.filter((each) => each.task !== answer.task) }
    expect([...new Set(untrueIn(unsaid).map((said) => said.split(':')[0]))]).toEqual(named.map((row) => row.id))
  }
})

test.each<[string, string, (answer: Delivered['answers'][number]) => Partial<Delivered['answers'][number]>]>([
  ['R9', 'offer-sharepoint', ({ answer }) => ({ answer: { ...answer, signedInAs: undefined } })],
  ['R11', 'approve-slot-2', () => ({ oid: whole.answers.find(({ task }) => task === 'approve-slot-1')?.oid ?? '' })],
  ['R11', 'approve-slot-1', ({ answer }) => ({ answer: { ...answer, planDigest: 'v1.another' } })],
  ['R14', 'offer-sharepoint', ({ answer }) => ({ answer: { ...answer, chosenOffer: 'Another offer' } })],
  ['R15', 'offer-sharepoint', ({ answer }) => ({ answer: { ...answer, officers: [] } })]
])('%s is named where %s says something else', (row, task, change) => {
  const answers = whole.answers.map((each) => (each.task === task ? { ...each, ...change(each) } : each))
  expect(untrueIn({ ...whole, answers })).toContainEqual(expect.stringMatching(new RegExp(`^${row}: said`)))
})

test('nothing counts as shown to somebody of whom no record says so', () => {
  const untrue = untrueIn({ ...whole, shown: whole.shown.slice(1) })
  expect(untrue.map((said) => said.split(':')[0])).toEqual(['R1', 'R4', 'R5', 'R6', 'R16', 'R17', 'R47'])
})

test('what one of the approvers was shown twice stands for no other', () => {
  const [first] = whole.shown
  const untrue = untrueIn({ ...whole, shown: whole.shown.map((each) => ({ ...each, oid: first?.oid ?? '' })) })
  expect(untrue.map((said) => said.split(':')[0])).toEqual(['R1', 'R4', 'R5', 'R6', 'R16', 'R17', 'R47'])
})

test('a list of roles of the other subscription shows nothing of a vault', () => {
  const lists = proving().filter(({ check }) => check === 'vault-grantors' || check === 'vault-contributor')
  expect(lists.length).toBeGreaterThan(1)
  for (const record of lists) {
    const other = lists.find(({ call }) => call.path !== record.call.path)
    if (!other) throw new Error('both slots were looked at by one list: the case would show nothing')
    const lied = { ...record, call: { ...other.call, identity: record.call.identity } }
    expect(untrueWith(record, lied)).toEqual(expect.arrayContaining(rowsOn(record)))
  }
})

test('it says by itself what sees each check of which the app writes evidence', () => {
  const written = allChecks.map(({ code }) => code).filter((code) => readBy(code) !== undefined)
  expect(written.filter((code) => !(code in sees))).toEqual([])
})

test('an observation that cannot be good is not, whatever the record says of it', () => {
  const observed: Readonly<Record<string, string>> = {
    'key-type': 'RSA',
    'key-recovery-level': 'Recoverable+Purgeable',
    'offer-type': 'quota id FreeTrial_2014-09-01: paid',
    'mail-alias': 'nobody@elsewhere.example',
    'vault-subscription': 'subscription of somebody else',
    registered: 'Registering',
    'key-not-before': 'active from 2033-05-18T03:33:20.000Z',
    'key-rotation': 'Rotate P1Y after creation',
    'key-uri': 'https://another.vault.azure.net/keys/another/1'
  }
  for (const record of proving().filter(({ check }) => check in observed))
    expect(untrueWith(record, { ...record, observed: observed[record.check] ?? '' })).toEqual(
      expect.arrayContaining(rowsOn(record))
    )
})

test('a record that observed what its very call did not answer is named, whether that would be good or not', () => {
  const told = oneOfEach().filter(({ check }) => known.includes(check))
  for (const record of told)
    expect([record.check, untrueWith(record, { ...record, observed: `not ${record.observed}` })]).toEqual([
      record.check,
      expect.arrayContaining(rowsOn(record))
    ])
  // While a key does not show the registration yet, nothing is handed off.
  const left = known.filter((check) => !told.some((each) => each.check === check))
  expect(left).toEqual(['retention-not-propagated'])
})
