import { expect, test } from 'vitest'
import { standInWarnings } from '../../../src/domain/plan/stand-ins.ts'

const two = [
  { slot: 1, operators: ['alice@contoso.com', 'carol@contoso.com'] },
  { slot: 2, operators: ['bob@contoso.com', 'dave@contoso.com'] }
] as const

test('two people in each slot and a Custodian beside them are nothing to warn of', () => {
  expect(standInWarnings(two, { outside: 1 })).toEqual([])
})

test('a slot of one person is warned of, with what happens while they are away', () => {
  const [first, ...others] = standInWarnings([{ slot: 1, operators: ['alice@contoso.com'] }, two[1]], { outside: 1 })
  expect(others).toEqual([])
  expect(first).toContain('Slot 1 has one operator, alice@contoso.com. While they are away nothing is approved')
})

test('that nobody outside has the role Custodian is warned of, with what happens then', () => {
  expect(standInWarnings(two, { outside: 0 })).toEqual([
    expect.stringMatching(/Owner of the slot’s subscription.*72 hours/)
  ])
})

test('that the role cannot be read is said as that: nobody knows whether somebody has it', () => {
  expect(standInWarnings(two, { unread: 'HTTP 403' })).toEqual([
    'Who is a Custodian could not be read: HTTP 403. Let the app read who has its roles (infra/consent).'
  ])
})
