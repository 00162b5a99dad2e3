import { expect, test } from 'vitest'
import type { Entry } from '../../../src/domain/ledger/entry.ts'
import { isHintDue } from '../../../src/domain/ledger/hints.ts'

const at = (minutes: number): string => new Date(Date.parse('2026-11-23T09:00:00Z') + minutes * 60_000).toISOString()
const pointer = { name: 'said', sha256: 'digest' }
const answer: Entry = {
  n: 1,
  moment: at(0),
  sha256: 'digest',
  said: { kind: 'answer', id: 'a', task: 'cancel', by: { oid: 'o', tid: 't' }, said: pointer }
}
const verdict: Entry = {
  n: 2,
  moment: at(1),
  sha256: 'digest',
  said: { kind: 'verdict', id: 'v', answer: 'a', verdict: 'taken', generation: 1 }
}

test('an answer that nobody has heard is said again after one minute, two and four, and so on', () => {
  const ticks = Array.from({ length: 20 }, (_, index) => index)
  expect(ticks.filter((tick) => isHintDue([answer], at(tick - 1), at(tick)))).toEqual([1, 2, 4, 8, 16])
})

test('a clock that has jumped past such a moment says it once', () => {
  expect(isHintDue([answer], at(0.5), at(5000))).toBe(true)
  expect(isHintDue([answer], at(5000), at(5001))).toBe(false)
})

test('what was heard is not said again', () => {
  expect(isHintDue([answer, verdict], at(1), at(2))).toBe(false)
})
