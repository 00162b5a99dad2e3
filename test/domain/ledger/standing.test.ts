import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heldIn } from '../../../src/domain/ledger/held.ts'
import { pendingIn, judgementsIn } from '../../../src/domain/ledger/judgements.ts'
import { standingIn } from '../../../src/domain/ledger/standing.ts'
import type { Saying } from '../../../src/domain/ledger/entry.ts'
import { answer, chainOf, closed, generation, verdict } from './chain-of.ts'

const standing = (...said: readonly Saying[]) => standingIn(chainOf(...said))

describe('a cancel', () => {
  test('stands from its entry, unheard, and once it is taken', () => {
    expect(standing(answer('c', 'cancel'))).toEqual({ kind: 'cancel', answer: 'c' })
    expect(standing(answer('c', 'cancel'), verdict('c', 'taken'))).toEqual({ kind: 'cancel', answer: 'c' })
  })

  test('does not stand once it is refused, came too late, or all was over', () => {
    expect(standing(answer('c', 'cancel'), verdict('c', 'refused'))).toBeUndefined()
    expect(standing(answer('c', 'cancel'), verdict('c', 'late'))).toBeUndefined()
    expect(standing(closed, answer('c', 'cancel'))).toBeUndefined()
  })

  test('stands before a halt, and after a first one that was refused', () => {
    const said = [answer('h', 'halt'), answer('c', 'cancel'), verdict('c', 'refused'), answer('d', 'cancel')]
    expect(standing(...said)).toEqual({ kind: 'cancel', answer: 'd' })
  })
})

describe('a halt', () => {
  const halted = [answer('h', 'halt'), verdict('h', 'taken')]
  const goOn = (slot: number) => answer(`g${String(slot)}`, `go-on-slot-${String(slot)}`)

  test('stands until one of each slot said to go on, and both were taken', () => {
    expect(standing(...halted, goOn(1), verdict('g1', 'taken'), goOn(2))).toEqual({ kind: 'halt', answer: 'h' })
    expect(standing(...halted, goOn(1), verdict('g1', 'taken'), goOn(2), verdict('g2', 'refused'))).toBeDefined()
    expect(standing(...halted, goOn(1), verdict('g1', 'taken'), goOn(2), verdict('g2', 'taken'))).toBeUndefined()
  })

  test('is lifted by no word that was said before it', () => {
    const before = [goOn(1), verdict('g1', 'taken'), goOn(2), verdict('g2', 'taken')]
    expect(standing(...before, ...halted)).toEqual({ kind: 'halt', answer: 'h' })
  })
})

test('whatever is said in whatever order: something stands exactly while one that says so is neither refused nor lifted', () => {
  const words = fc.array(
    fc.record({
      task: fc.constantFrom('cancel', 'halt', 'go-on-slot-1', 'go-on-slot-2', 'retry-a'),
      verdict: fc.constantFrom('taken', 'refused', 'late', undefined)
    }),
    { maxLength: 12 }
  )
  fc.assert(
    fc.property(words, (all) => {
      const said = all.flatMap(({ task, verdict: word }, index) => [
        answer(String(index), task),
        ...(word === undefined ? [] : [verdict(String(index), word)])
      ])
      const stands = all.map(({ verdict: word }) => word === undefined || word === 'taken')
      const isCancelled = all.some(({ task }, index) => task === 'cancel' && stands[index])
      const lastHalt = all.findLastIndex(({ task }, index) => task === 'halt' && stands[index])
      const after = all.slice(lastHalt + 1).filter(({ verdict: word }) => word === 'taken')
      const isLifted = ['go-on-slot-1', 'go-on-slot-2'].every((name) => after.some(({ task }) => task === name))
      const kind = isCancelled ? 'cancel' : lastHalt >= 0 && !isLifted ? 'halt' : undefined
      expect(standing(...said)?.kind).toBe(kind)
      expect(pendingIn(chainOf(...said))).toHaveLength(all.filter(({ verdict: word }) => word === undefined).length)
    })
  )
})

describe('verdicts', () => {
  test('on one answer are one: the first', () => {
    const entries = chainOf(answer('a', 'retry-a'), verdict('a', 'taken'), verdict('a', 'refused', '2'))
    expect(judgementsIn(entries).get('a')).toMatchObject({ verdict: 'taken', n: 2 })
  })

  test('of the end are late, dated by the end or by the answer that came after it', () => {
    const entries = chainOf(answer('a', 'retry-a'), closed, answer('b', 'retry-a'))
    const judgements = judgementsIn(entries)
    expect(judgements.get('a')).toEqual({ verdict: 'late', n: 2, at: entries[1]?.moment, byTheEnd: true })
    expect(judgements.get('b')).toEqual({ verdict: 'late', n: 3, at: entries[2]?.moment, byTheEnd: true })
    expect(pendingIn(entries)).toEqual([])
  })
})

describe('work', () => {
  test('is held by a newer generation of its own chain, by the end of that, or by what stands in the whole', () => {
    const cancelled = chainOf(answer('c', 'cancel'))
    expect(heldIn(chainOf(generation(1)), [], 1)).toBeUndefined()
    expect(heldIn([], [], 1)).toBeUndefined()
    expect(heldIn(chainOf(generation(1), generation(2)), cancelled, 1)).toBe('superseded')
    expect(heldIn(chainOf(generation(1), generation(2)), cancelled, 2)).toBe('cancel')
    expect(heldIn(chainOf(generation(1), closed), [], 1)).toBe('superseded')
    expect(heldIn([], chainOf(generation(1), generation(2)), 1)).toBeUndefined()
  })
})
