import { describe, expect, test } from 'vitest'
import { concernedBy, partiesNow } from '../../../src/domain/ledger/parties-now.ts'
import type { ChangeInSlot, WhoChanged } from '../../../src/domain/ledger/who-changed.ts'
import type { Party } from '../../../src/domain/people/parties.ts'

const planned: Party[] = (['alice', 'bob'] as const).map((objectId, index) => ({
  slot: index === 0 ? 1 : 2,
  objectId,
  isGroup: false,
  isOperator: true
}))
const change = (
  of: ChangeInSlot['of'],
  leaves: string,
  joins: string,
  proposal = `${leaves}-${joins}`
): WhoChanged => ({
  of,
  slot: 1,
  leaves,
  joins,
  proposal
})
/** As it goes: proposed, stands, and confirmed by who takes over. */
const whole = (leaves: string, joins: string, proposal?: string): WhoChanged[] =>
  (['proposal', 'operator', 'plan-confirmed'] as const).map((of) => change(of, leaves, joins, proposal))
const acting = (...changes: WhoChanged[]): string[] =>
  partiesNow(planned, changes).flatMap(({ slot, objectId, isOperator }) => (slot === 1 && isOperator ? [objectId] : []))
const ofSlot1 = (...changes: WhoChanged[]): string[] => [
  ...new Set(partiesNow(planned, changes).flatMap(({ slot, objectId }) => (slot === 1 ? [objectId] : [])))
]

describe('who acts for a slot', () => {
  test.for([
    ['as planned', [], ['alice']],
    ['while somebody is proposed', [change('proposal', 'alice', 'anna')], ['alice']],
    ['once it was withdrawn', [change('proposal', 'alice', 'anna'), change('withdrawal', 'alice', 'anna')], ['alice']],
    ['while who takes over has not confirmed the plan', whole('alice', 'anna').slice(0, 2), []],
    ['once they have', whole('alice', 'anna'), ['anna']],
    ['when they leave in turn', [...whole('alice', 'anna'), ...whole('anna', 'andy')], ['andy']],
    [
      'when who left comes back and has not confirmed it anew',
      [...whole('alice', 'anna'), ...whole('anna', 'alice').slice(0, 2)],
      []
    ],
    ['when who came back has', [...whole('alice', 'anna'), ...whole('anna', 'alice')], ['alice']],
    [
      'when who came back leaves again',
      [...whole('alice', 'anna'), ...whole('anna', 'alice'), ...whole('alice', 'anna', 'again')],
      ['anna']
    ],
    ['when an officer is replaced', [{ of: 'officer' }], ['alice']]
  ] as [string, WhoChanged[], string[]][])('%s', ([, changes, expected]) => {
    expect(acting(...changes)).toEqual(expected)
  })

  test('is nobody of the other slot, whoever is replaced there', () => {
    const there = whole('alice', 'anna').map((each) => ({ ...each, slot: 2 }) as WhoChanged)
    expect(acting(...there)).toEqual(['alice'])
  })
})

describe('who acts for a slot of two operators', () => {
  const ada: Party = { slot: 1, objectId: 'ada', isGroup: false, isOperator: true }
  const olaf: Party = { slot: 1, objectId: 'olaf', isGroup: false, isOperator: false }
  const inSlot = (slot: 1 | 2, changes: readonly WhoChanged[]): string[] =>
    partiesNow([...planned, ada, olaf], changes)
      .filter((each) => each.slot === slot && each.isOperator)
      .map(({ objectId }) => objectId)
  const there = (changes: readonly WhoChanged[]) => changes.map((each) => ({ ...each, slot: 2 }) as WhoChanged)

  test.for([
    ['as planned', [], ['alice', 'ada']],
    ['where one of them is replaced', whole('alice', 'anna'), ['ada', 'anna']],
    [
      'where somebody leaves who acts for it no more',
      [...whole('alice', 'anna'), ...whole('alice', 'eve')],
      ['ada', 'anna']
    ],
    ['where nobody of it leaves', whole('eve', 'anna'), ['alice', 'ada']],
    ['where one takes over from the other, once', whole('alice', 'ada'), ['ada']],
    ['where an officer is replaced beside it', [{ of: 'officer' }, ...whole('alice', 'anna')], ['ada', 'anna']],
    [
      'where a proposal alone was confirmed',
      [change('proposal', 'alice', 'anna'), change('plan-confirmed', 'alice', 'anna')],
      ['alice', 'ada']
    ],
    [
      'where who came twice confirmed the first time alone',
      [...whole('alice', 'anna', 'first'), ...whole('anna', 'andy'), ...whole('ada', 'anna', 'second').slice(0, 2)],
      ['andy']
    ],
    [
      'where who came twice confirmed the second time alone',
      [...whole('alice', 'anna', 'first').slice(0, 2), ...whole('anna', 'andy'), ...whole('ada', 'anna', 'second')],
      ['andy', 'anna']
    ]
  ] as [string, WhoChanged[], string[]][])('%s', ([, changes, expected]) => {
    expect(inSlot(1, changes)).toEqual(expected)
  })

  test('is none of those of the other slot, who wait there for nothing that is confirmed here', () => {
    const both = [...whole('alice', 'anna', 'here'), ...there(whole('bob', 'ben', 'there').slice(0, 2))]
    expect([inSlot(1, both), inSlot(2, both)]).toEqual([['ada', 'anna'], []])
    const same = [...whole('alice', 'anna', 'here').slice(0, 2), ...there(whole('bob', 'anna', 'there'))]
    expect([inSlot(1, same), inSlot(2, same)]).toEqual([['ada'], []]) // until the plan is confirmed for both
  })

  test('is nobody who only administers, or who ever left', () => {
    const now = partiesNow([...planned, ada, olaf], whole('alice', 'anna'))
    expect(
      now.filter(({ objectId }) => ['olaf', 'alice'].includes(objectId)).some(({ isOperator }) => isOperator)
    ).toBe(false)
    expect(now.every(({ isGroup }) => !isGroup)).toBe(true)
  })
})

describe('who stands for a slot', () => {
  test('is whoever ever did, and who is proposed while that is open', () => {
    expect(ofSlot1(...whole('alice', 'anna')).toSorted()).toEqual(['alice', 'anna'])
    expect(ofSlot1(change('proposal', 'alice', 'anna')).toSorted()).toEqual(['alice', 'anna'])
    expect(ofSlot1(change('proposal', 'alice', 'anna'), change('withdrawal', 'alice', 'anna'))).toEqual(['alice'])
  })
})

test('who is said to leave may stop it, and who takes over confirms the plan: each while it is theirs', () => {
  const [proposed, stands, confirmed] = whole('alice', 'anna')
  const open = [proposed ?? expect.fail()]
  const standing = [...open, stands ?? expect.fail()]
  const withdraw = { kind: 'withdraw-replacement', slot: 1 } as const
  const confirm = { kind: 'confirm-plan', slot: 1 } as const
  expect([concernedBy(withdraw, open), concernedBy(confirm, open)]).toEqual([['alice'], []])
  expect([concernedBy(withdraw, standing), concernedBy(confirm, standing)]).toEqual([[], ['anna']])
  expect(concernedBy(confirm, [...standing, confirmed ?? expect.fail()])).toEqual([])
  expect([concernedBy({ ...withdraw, slot: 2 }, open), concernedBy({ kind: 'halt' }, open)]).toEqual([[], []])
  expect([concernedBy({ ...confirm, slot: 2 }, standing), concernedBy({ kind: 'halt' }, standing)]).toEqual([[], []])
  const withOfficer: WhoChanged[] = [{ of: 'officer' }, ...standing]
  expect([concernedBy(withdraw, withOfficer), concernedBy(confirm, withOfficer)]).toEqual([[], ['anna']])
})
