import { expect, test } from 'vitest'
import { heardAnswer } from '../../../src/domain/ledger/heard-answer.ts'
import { entriesOfKind, type SayingOf } from '../../../src/domain/ledger/entry.ts'
import { answer, chainOf, momentOf } from './chain-of.ts'

function heard(task: string, words: Parameters<typeof heardAnswer>[1], about: Partial<SayingOf<'answer'>> = {}) {
  const [entry] = entriesOfKind(chainOf(answer('a', task)), 'answer')
  if (!entry) throw new Error('No answer was said.')
  return heardAnswer({ ...entry, said: { ...entry.said, ...about } }, words)
}

const reason = 'The budget is not there yet'

test('an answer is heard with who gave it, when, and which asking they saw', () => {
  const said = { id: 'a', by: 'alice', person: { oid: 'o', tid: 't' }, at: momentOf(1), task: { kind: 'cancel' } }
  const words = { by: 'alice', answer: { reason } }
  expect(heard('cancel', words)).toEqual({ ...said, answer: { reason } })
  expect(heard('cancel', words, { serial: 0, generation: 2 })).toEqual({
    ...said,
    serial: 0,
    generation: 2,
    answer: { reason }
  })
})

test('an answer is not heard that is to nothing known, was erased, or does not fit: each is told what to do', () => {
  expect(heard('another', { by: 'alice' })).toEqual({
    unheard: 'This version of the app asks nothing by the name of another.'
  })
  expect(heard('cancel', undefined)).toEqual({ unheard: expect.stringContaining('Answer again.') })
  expect(heard('cancel', { by: 'alice', answer: { reason: 'no' } })).toEqual({
    unheard: '/reason The reason is too short to be understood. Write at least 10 characters.'
  })
  expect(heard('cancel', { by: 'alice', answer: { reason: 1 } })).toEqual({
    unheard: expect.stringMatching(/^\/reason \S/)
  })
  expect(heard('cancel', { by: 'alice', answer: [] })).toEqual({ unheard: expect.stringMatching(/^\S.*[^ ]$/) })
})
