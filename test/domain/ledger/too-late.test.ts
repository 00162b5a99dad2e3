import { expect, test } from 'vitest'
import { tooLateFor } from '../../../src/domain/ledger/too-late.ts'
import type { Saying } from '../../../src/domain/ledger/entry.ts'
import { chainOf, intent, momentOf, outcome } from './chain-of.ts'

const late = (moment: string, ...said: readonly Saying[]) =>
  tooLateFor([{ chain: 'branch.a.exchange-na.1', entries: chainOf(...said) }], { moment })

test('who cancels is told what was under way: looked at before, and not over', () => {
  expect(late(momentOf(9), intent('make-key'))).toEqual(['make-key (exchange-na, slot 1)'])
  expect(late(momentOf(1), intent('make-key'), outcome('make-key', 'done'))).toHaveLength(1)
  expect(late(momentOf(9), intent('make-key'), outcome('make-key', 'refused'))).toEqual([])
})

test('what was held back was not done, unless it was looked at anew', () => {
  expect(late(momentOf(1), intent('make-key'), outcome('make-key', 'held'))).toEqual([])
  const after = [intent('make-key'), outcome('make-key', 'held'), outcome('make-key', 'done')]
  expect(late(momentOf(9), ...after)).toEqual([])
})
