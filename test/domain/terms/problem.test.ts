import { expect, test } from 'vitest'
import { problem } from '../../../src/domain/terms/problem.ts'

const facts = { status: 409, code: 'other-plan', title: 'Another plan', detail: 'The digest is of another. Read it.' }

test('a problem document names its kind by a URN', () => {
  expect(problem(facts)).toEqual({
    type: 'urn:customer-key:problem:other-plan',
    title: 'Another plan',
    status: 409,
    detail: facts.detail
  })
})

test('faults and further members ride along, and cannot replace the standard ones', () => {
  const faults = [{ path: '/id', message: 'Missing. Add it.' }]
  const whole = problem({ ...facts, faults, extra: { plan: 'p', status: 200 } })
  expect(whole).toMatchObject({ status: 409, faults, plan: 'p' })
})
