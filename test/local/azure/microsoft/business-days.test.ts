import { expect, test } from 'vitest'
import { afterBusinessDays } from '../../../../local/azure/microsoft/business-days.ts'

const approval = (from: string, days: number) => new Date(afterBusinessDays(Date.parse(from), days)).toISOString()

test('a weekend and Thanksgiving do not count', () => {
  expect(approval('2026-11-23T17:00:00Z', 4)).toBe('2026-11-30T23:31:00.000Z')
})

test("the day is Redmond's: late Monday evening there is still Monday", () => {
  expect(approval('2026-03-03T07:00:00Z', 1)).toBe('2026-03-03T23:31:00.000Z')
})

test('15:31 in Redmond is another instant in summer', () => {
  expect(approval('2026-07-06T17:00:00Z', 1)).toBe('2026-07-07T22:31:00.000Z')
})

test('a holiday on a Saturday is kept on Friday, one on a Sunday on Monday', () => {
  expect(approval('2026-07-02T17:00:00Z', 1)).toBe('2026-07-06T22:31:00.000Z')
  expect(approval('2027-07-02T17:00:00Z', 1)).toBe('2027-07-06T22:31:00.000Z')
})

test('every federal holiday of 2026 is skipped', () => {
  const holidays = [
    '2026-01-01',
    '2026-01-19',
    '2026-02-16',
    '2026-05-25',
    '2026-06-19',
    '2026-07-03',
    '2026-09-07',
    '2026-10-12',
    '2026-11-11',
    '2026-11-26',
    '2026-12-25'
  ]
  const skipped = holidays.filter((holiday) => {
    const noonBefore = new Date(Date.parse(`${holiday}T20:00:00Z`) - 24 * 3_600_000).toISOString()
    return approval(noonBefore, 1).slice(0, 10) !== holiday
  })
  expect(skipped).toEqual(holidays)
})

test('no business day later, an approval never lies in the past', () => {
  expect(approval('2026-11-23T17:00:00Z', 0)).toBe('2026-11-23T23:31:00.000Z')
  expect(approval('2026-11-24T01:00:00Z', 0)).toBe('2026-11-24T23:31:00.000Z')
})
