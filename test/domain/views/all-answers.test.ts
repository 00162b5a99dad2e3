import { describe, expect, test } from 'vitest'
import { allAnswers } from '../../../src/domain/views/all-answers.ts'
import type { AnsweredLine } from '../../../src/domain/views/documents.ts'

const line = (by: string, seconds: number, rest: Partial<AnsweredLine> = {}): AnsweredLine => ({
  task: 'attest-offline-1',
  by,
  at: new Date(Date.UTC(2026, 10, 23, 17, 0, seconds)).toISOString(),
  ...rest
})
const refused = { verdict: 'refused', why: 'No.' } as const

describe('what people said and what was taken of it', () => {
  test.each(['ann', 'fay'])('shows what %s said in the second in which ann was refused', (by) => {
    const answers = allAnswers([line('ann', 1, refused)], [line(by, 1)])
    expect(answers).toEqual([line('ann', 1, refused), line(by, 1, { verdict: 'taken' })])
  })

  test('shows an answer once that was judged between two readings', () => {
    expect(allAnswers([line('ann', 1)], [line('ann', 1)])).toEqual([line('ann', 1)])
  })

  test('has the oldest first, and others as they were said', () => {
    const answers = allAnswers([line('ann', 1, refused), line('ann', 3, refused)], [line('bob', 2), line('fay', 2)])
    expect(answers.map(({ by }) => by)).toEqual(['ann', 'bob', 'fay', 'ann'])
  })
})
