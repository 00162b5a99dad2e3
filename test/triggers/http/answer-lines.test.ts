import { expect, test } from 'vitest'
import type { Said } from '../../../src/contracts/ledger.ts'
import { answerLines } from '../../../src/triggers/http/answer-lines.ts'

const [oid, tid] = ['3f1c9c1e-8c1b-4a66-9d3c-5f0a1f0b2c3d', '72f988bf-86f1-41af-91ab-2d7cd011db47']
const said = (chain: string, seconds: number, more: Partial<Said> = {}): Said => ({
  id: `${chain}-${String(seconds)}`,
  chain,
  task: 'retry-event-subscription',
  person: { oid, tid },
  by: 'alice@contoso.com',
  answer: {},
  at: `2026-11-23T17:00:0${String(seconds)}.000Z`,
  ...more
})
const verdict = (word: 'taken' | 'late') => ({ verdict: word, at: '2026-11-23T17:00:09.000Z' }) as const

test('what was said to several branches at once is one line, unless they judge it otherwise', () => {
  const alike = ['a', 'b', 'c'].map((chain) => said(chain, 1, { verdict: verdict('taken') }))
  expect(answerLines(alike)).toHaveLength(1)
  expect(answerLines([...alike, said('d', 1, { verdict: verdict('late') })])).toHaveLength(2)
  expect(answerLines([said('a', 1), said('a', 2)])).toHaveLength(2)
})

test('a line tells the reason and the verdict, and of erased words no name and no reason', () => {
  const cancel = said('a', 1, {
    task: 'cancel',
    answer: { reason: 'another tenant is meant' },
    verdict: verdict('taken')
  })
  const line = { task: 'cancel', at: cancel.at, verdict: 'taken', judgedAt: '2026-11-23T17:00:09.000Z' }
  expect(answerLines([cancel])).toEqual([{ ...line, by: 'alice@contoso.com', reason: 'another tenant is meant' }])
  const { by: _, answer: __, ...erased } = cancel
  expect(answerLines([erased])).toEqual([{ ...line, by: 'somebody whose name was erased' }])
})
