import { describe, expect, test } from 'vitest'
import { amendment } from '../../../src/domain/ledger/amendment.ts'
import { changesBy, factsOfAmendment } from '../../../src/domain/ledger/people-changed.ts'
import { hasSaidSecondWord } from '../../../src/domain/ledger/second-words.ts'
import { whoChangedBy, whoChangedIn } from '../../../src/domain/ledger/who-changed.ts'
import { personNamed } from '../examples.ts'
import { confirmed, custodian, delay, officer, owner, proposed, stands, withdrawn } from './amendments.ts'

const planned = [
  { party: 'bob@contoso.com', objectId: 'BOB', displayName: 'Bob' },
  { party: 'alice@contoso.com', objectId: 'ALICE', displayName: 'Alice' }
]
const anna = proposed('bob@contoso.com', 'p1')
const andy = proposed('bob@contoso.com', 'p2', {
  leaves: 'anna@contoso.com',
  joins: 'andy@contoso.com',
  objectId: 'ANDY'
})
const inSlot1 = { slot: 1, leaves: 'alice', joins: 'anna', proposal: 'p1' }

describe('whom an amendment changes', () => {
  test('is by object id, in small letters: who leaves as the plan means them, who joins as the directory had them', () => {
    expect(whoChangedBy(anna, [], planned)).toEqual([{ of: 'proposal', ...inSlot1 }])
    expect(whoChangedBy(stands(anna, custodian('carl')), [anna], planned)).toEqual([{ of: 'operator', ...inSlot1 }])
  })

  test('is whoever came last by the name that leaves, in that slot, and not whom the plan means by it', () => {
    const again = proposed('bob@contoso.com', 'p3', {
      leaves: 'anna@contoso.com',
      joins: 'anna@contoso.com',
      objectId: 'ANNA-2'
    })
    const leavesAgain = proposed('bob@contoso.com', 'p4', {
      leaves: 'anna@contoso.com',
      joins: 'eve@contoso.com',
      objectId: 'EVE'
    })
    const before = [anna, stands(anna, custodian('carl')), again, stands(again, custodian('carl'))]
    expect(whoChangedBy(leavesAgain, before, planned)).toEqual([
      { of: 'proposal', slot: 1, leaves: 'anna-2', joins: 'eve', proposal: 'p4' }
    ])
    expect(whoChangedBy(andy, [anna], planned)).toEqual([]) // proposed only: nobody came
    const inSlot2 = { ...stands(anna, custodian('carl')), slot: 2 } as const
    expect(whoChangedBy(andy, [inSlot2], planned)).toEqual([])
    const known = [...planned, { party: 'anna@contoso.com', objectId: 'OTHER', displayName: 'Anna' }]
    expect(whoChangedBy(andy, [{ ...stands(anna), joins: 'anne@contoso.com' }], known)).toMatchObject([
      { leaves: 'other' }
    ])
  })

  test('is nobody, where nobody knows who leaves', () => {
    expect(whoChangedBy(anna, [], [])).toEqual([])
    expect(whoChangedBy(stands(anna), [anna], [])).toEqual([])
  })

  test('of a release before is confirmed at once, and is its own proposal', () => {
    const { proposal: _, ...alone } = stands(anna)
    expect(whoChangedBy(alone, [], planned)).toEqual([
      { of: 'operator', ...inSlot1, proposal: 'p1.stands' },
      { of: 'plan-confirmed', ...inSlot1, proposal: 'p1.stands' }
    ])
  })

  test.for([
    ['withdrawal', withdrawn('p1')],
    ['plan-confirmed', confirmed('p1')]
  ] as const)('of a %s is what it was about, wherever that lies', ([of, said]) => {
    const before = [officer('bob@contoso.com', 'o'), { ...andy, id: 'p0', leaves: 'bob@contoso.com' }, anna]
    expect(whoChangedBy(said, before, planned)).toEqual([{ of, ...inSlot1 }])
    expect(whoChangedBy(said, [officer('bob@contoso.com', 'p1')], planned)).toEqual([])
    expect(whoChangedBy(said, [], planned)).toEqual([])
  })

  test('of an officer names nobody: they never sign in', () => {
    expect(whoChangedBy(officer('bob@contoso.com', 'o'), [], planned)).toEqual([{ of: 'officer' }])
  })

  test('in all of them is each after those before it', () => {
    const all = [anna, stands(anna, custodian('carl')), confirmed('p1'), andy, officer('bob@contoso.com', 'o')]
    expect(whoChangedIn(all, planned)).toEqual([
      { of: 'proposal', ...inSlot1 },
      { of: 'operator', ...inSlot1 },
      { of: 'plan-confirmed', ...inSlot1 },
      { of: 'proposal', slot: 1, leaves: 'anna', joins: 'andy', proposal: 'p2' },
      { of: 'officer' }
    ])
    expect(whoChangedIn([andy, anna, stands(anna, custodian('carl'))], planned)[0]).not.toMatchObject({
      proposal: 'p2'
    })
  })
})

describe('who said a second word', () => {
  const carl = personNamed('carl').oid
  test.for([
    ['a Custodian', [stands(anna, custodian('carl'))], true],
    ['an Owner', [stands(anna, owner(carl.toUpperCase()))], true],
    ['either, beside others', [anna, stands(anna, custodian('cora')), stands(andy, owner(carl))], true],
    ['another Custodian', [stands(anna, custodian('cora'))], false],
    ['another Owner', [stands(anna, owner('olaf'))], false],
    ['nobody, where a delay was enough', [stands(anna, delay)], false],
    ['nobody, in a release before', [stands(anna)], false],
    ['nobody yet', [anna, withdrawn('p1'), officer('carl', 'o')], false],
    ['nobody at all', [], false]
  ] as const)('is %s', ([, all, expected]) => {
    expect(hasSaidSecondWord(all, carl)).toBe(expected)
  })
})

describe('what the story knows by an amendment', () => {
  test('of a proposal is who is to leave and join, with the account where the name stays the same', () => {
    const { id, slot, leaves, joins, at } = anna
    expect(factsOfAmendment(anna)).toEqual([{ fact: 'proposed', proposal: { id, slot, leaves, joins, at } }])
    expect(factsOfAmendment({ ...anna, joins: leaves })).toEqual([
      { fact: 'proposed', proposal: { id, slot, leaves, joins: leaves, at, objectId: 'Anna' } }
    ])
  })

  test('of one that stands is that the proposal is over, and who acts, unread where a second word was said', () => {
    const replacement = { id: 'p1', slot: 1, leaves: anna.leaves, joins: anna.joins, at: anna.at, objectId: 'Anna' }
    const facts = (unread: object) => [
      { fact: 'proposal-over', proposal: 'p1' },
      { fact: 'replaced', replacement: { ...replacement, ...unread } }
    ]
    expect(factsOfAmendment(stands(anna, delay))).toEqual(facts({ unread: true }))
    expect(factsOfAmendment(stands(anna))).toEqual(facts({}))
  })

  test('of the others is what is over or confirmed, and of an officer nothing', () => {
    expect(factsOfAmendment(withdrawn('p1'))).toEqual([{ fact: 'proposal-over', proposal: 'p1' }])
    expect(factsOfAmendment(confirmed('p1'))).toEqual([{ fact: 'plan-confirmed', replacement: 'p1' }])
    expect(factsOfAmendment(officer('bob', 'o'))).toEqual([])
  })

  test('of all together is who is proposed, and who acts', () => {
    const { proposals, replaced } = changesBy([anna, stands(anna, delay), andy])
    expect([proposals.map(({ id }) => id), replaced.map(({ id }) => id)]).toEqual([['p2'], ['p1']])
  })
})

test.for([
  anna,
  stands(anna),
  stands(anna, custodian('carl')),
  stands(anna, owner('olaf')),
  stands(anna, delay),
  withdrawn('p1'),
  confirmed('p1'),
  officer('bob', 'o')
])('an amendment, $of, is read as it was written, and not without any of its parts', (each) => {
  expect(amendment.parse(JSON.parse(JSON.stringify(each)))).toEqual(each)
  const optional = ['proposal', 'second']
  for (const part of Object.keys(each).filter((name) => each.of !== 'operator' || !optional.includes(name)))
    expect([part, amendment.safeParse({ ...each, [part]: undefined }).success]).toEqual([part, false])
})
