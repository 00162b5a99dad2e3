import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../src/domain/ledger/entry.ts'
import {
  confirmationsIn,
  isOpenIn,
  minuteOf,
  readAfter,
  takeoversIn,
  verdictsAfter
} from '../../../src/domain/mails/minute-mails.ts'

const alice = { upn: 'alice@contoso.com', oid: 'a' }
const bob = { upn: 'bob@contoso.com', oid: 'b' }
const start = Date.parse('2026-11-30T07:10:00.000Z')
const after = (seconds: number): string => new Date(start + seconds * 1000).toISOString()
const minutes = Array.from({ length: 20 }, (_, index) => minuteOf(after(60 * index)))

interface Judged {
  readonly verdict: 'taken' | 'refused' | 'late'
  readonly seconds: number
}

const said = (id: string, seconds: number, giver = alice, judged?: Judged) => ({
  id,
  task: 'cancel',
  person: { oid: giver.oid, tid: 't' },
  by: giver.upn,
  at: after(seconds),
  ...(judged && { verdict: { verdict: judged.verdict, why: 'Why.', at: after(judged.seconds) } })
})

describe('the confirmations of a minute', () => {
  test('are one for each giver, of what they said in it', () => {
    const all = [said('1', 5), said('2', 20, bob), said('3', 55), said('4', 70)]
    expect(confirmationsIn(all, minutes[0] ?? '')).toMatchObject([
      { giver: alice, said: [{ id: '1' }, { id: '3' }] },
      { giver: bob, said: [{ id: '2' }] }
    ])
  })

  test('say what became of an answer that was judged about when the minute was over, and not what came later', () => {
    const all = [
      said('1', 5, alice, { verdict: 'refused', seconds: 69 }),
      said('2', 6, alice, { verdict: 'late', seconds: 71 })
    ]
    const told = confirmationsIn(all, minutes[0] ?? '').flatMap((each) => each.said)
    expect(told).toEqual([
      { id: '1', task: 'cancel', at: after(5), verdict: 'refused', why: 'Why.' },
      { id: '2', task: 'cancel', at: after(6) }
    ])
    expect(verdictsAfter(all, minutes[0] ?? '')).toMatchObject([{ giver: alice, said: [{ id: '2', verdict: 'late' }] }])
  })

  test('tell nobody of words that were erased', () => {
    const { by: _, ...erased } = said('1', 5, alice, { verdict: 'late', seconds: 500 })
    expect(confirmationsIn([erased], minutes[0] ?? '')).toEqual([])
    expect(verdictsAfter([erased], minutes[0] ?? '')).toEqual([])
  })

  test('over all minutes tell of each answer once, and of each verdict against it once, with it or after it', () => {
    const answers = fc.array(
      fc.record({
        seconds: fc.integer({ min: 0, max: 599 }),
        giver: fc.constantFrom(alice, bob),
        judged: fc.option(
          fc.record({ verdict: fc.constantFrom('taken', 'refused', 'late'), takes: fc.integer({ min: 0, max: 500 }) }),
          { nil: undefined }
        )
      })
    )
    fc.assert(
      fc.property(answers, (given) => {
        const all = given.map(({ seconds, giver, judged }, index) =>
          said(String(index), seconds, giver, judged && { verdict: judged.verdict, seconds: seconds + judged.takes })
        )
        const confirmed = minutes.flatMap((minute) => confirmationsIn(all, minute).flatMap((each) => each.said))
        const later = minutes.flatMap((minute) => verdictsAfter(all, minute).flatMap((each) => each.said))
        expect(confirmed.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
        const isNo = ({ verdict }: { verdict?: string }) => verdict === 'refused' || verdict === 'late'
        const against = all.filter(({ verdict }) => verdict && isNo(verdict)).map(({ id }) => id)
        expect(
          [...confirmed, ...later]
            .filter(isNo)
            .map(({ id }) => id)
            .toSorted()
        ).toEqual(against.toSorted())
      })
    )
  })

  test('leave a minute open until all of it is judged', () => {
    const taken = { verdict: 'taken', seconds: 9 } as const
    expect(isOpenIn([said('1', 5, alice, taken), said('2', 6)], minutes[0] ?? '')).toBe(true)
    expect(isOpenIn([said('1', 5, alice, taken), said('2', 66)], minutes[0] ?? '')).toBe(false)
  })
})

test('a minute is read when it is over for every clock', () => {
  expect(readAfter('2026-11-30T07:12')).toBe('2026-11-30T07:13:30.000Z')
})

test('takeovers of a minute are those of the onboarding and of its branches; a first generation takes over from nobody', () => {
  const generation = (number: number, seconds: number, why: string): Entry => ({
    n: number,
    moment: after(seconds),
    sha256: '',
    said: { kind: 'generation', id: '', number, instance: '', release: '', hub: '', mark: '', why }
  })
  const chains = {
    'onboarding.contoso-1': [generation(1, 1, 'started'), generation(2, 30, 'failed'), generation(3, 90, 'failed')],
    'branch.contoso-1.exchange-na.2': [generation(2, 40, 'overdue')]
  }
  expect(takeoversIn(chains, minutes[0] ?? '')).toEqual([
    { at: after(30), why: 'failed' },
    { at: after(40), why: 'overdue', branch: { policy: 'exchange-na', slot: 2 } }
  ])
})
