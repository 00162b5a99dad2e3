import { expect, test } from 'vitest'
import { mostInCopy, withinOneMail } from '../../../src/domain/mails/mail-copies.ts'

const people = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}${String(index)}@contoso.com`)

test('all are in copy where there is room', () => {
  expect(
    withinOneMail([
      { named: ['a@b.cd'], members: people('m', 3) },
      { named: people('n', 40), members: [] }
    ]).map(({ length }) => length)
  ).toEqual([4, 40])
})

test('those who are named come before people of groups, and both slots share the room', () => {
  const [first, second] = withinOneMail([
    { named: ['a@b.cd'], members: people('m', 50) },
    { named: ['e@f.gh'], members: people('n', 50) }
  ])
  expect(first.length + second.length).toBe(mostInCopy)
  expect([first[0], second[0]]).toEqual(['a@b.cd', 'e@f.gh'])
  expect(Math.abs(first.length - second.length)).toBeLessThan(2)
})

test('of more who are named than one mail takes, both slots have some', () => {
  const [first, second] = withinOneMail([
    { named: people('a', 50), members: [] },
    { named: people('b', 50), members: people('m', 9) }
  ])
  expect([first.length, second.length]).toEqual([25, 24])
})
