import { describe, expect, it } from 'vitest'
import type { AnsweredLine } from '../../../src/domain/views/documents.ts'
import { becameOf, notWhollyTaken } from '../../../src/domain/views/shown-answer.ts'

const [alice, anna] = ['alice@contoso.com', 'anna@contoso.com']
const said = (minute: number, line: Partial<AnsweredLine> = {}): AnsweredLine => ({
  task: 'approve-slot-1',
  by: alice,
  at: `2026-11-23T17:0${String(minute)}:00.000Z`,
  ...line
})

describe('what became of an answer', () => {
  it.each([
    [{}, 'written down, not judged yet'],
    [{ verdict: 'taken' }, 'taken'],
    [
      { verdict: 'taken', why: 'It came too late for what was under way: make-key (exchange-na, slot 1).' },
      'taken. It came too late for what was under way: make-key (exchange-na, slot 1).'
    ],
    [{ verdict: 'late' }, 'too late'],
    [{ verdict: 'late', why: 'Too late: it is not asked now.' }, 'too late: it is not asked now.'],
    [{ verdict: 'refused', why: 'Bob stands for both slots.' }, 'refused: Bob stands for both slots.']
  ] as const)('%j reads as it should', (line, text) => {
    expect(becameOf(line)).toBe(text)
  })
})

describe('answers that did not count', () => {
  it('are shown, the newest first, and at most five', () => {
    const answers = [1, 2, 3, 4, 5, 6].map((minute) => said(minute, { verdict: 'refused', why: 'No.' }))
    expect(notWhollyTaken({ answers }).map(({ at }) => at.slice(14, 16))).toEqual(['06', '05', '04', '03', '02'])
  })

  it('are settled by whatever was taken later, and by what their giver had said before', () => {
    const refused = said(1, { verdict: 'refused' })
    const taken = said(2, { verdict: 'taken' })
    const twice = said(3, { verdict: 'late' })
    const others = said(4, { verdict: 'late', by: anna })
    expect(notWhollyTaken({ answers: [refused, taken, twice, others] })).toEqual([others])
  })

  it('are also cancels and halts that did not stop everything', () => {
    const halt = said(1, { task: 'halt', verdict: 'taken', why: 'It came too late for what was under way: make-key.' })
    expect(notWhollyTaken({ answers: [halt, said(2, { verdict: 'taken' })] })).toEqual([halt])
  })

  it('are also those that nobody has judged yet', () => {
    expect(notWhollyTaken({ answers: [said(1)] })).toEqual([said(1)])
  })
})
