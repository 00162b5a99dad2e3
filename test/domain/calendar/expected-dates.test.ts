import { expect, test } from 'vitest'
import { expectedDates } from '../../../src/domain/calendar/expected-dates.ts'

const rules = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 }
const days = (from: string, change: object = {}) =>
  expectedDates(from, { ...rules, ...change }).map(({ at }) => at.slice(0, 10))

test('what comes, by the business days of the deployment', () => {
  const monday = '2026-11-23T17:00:00Z' // Thanksgiving is on Thursday
  expect(days(monday)).toEqual(['2026-11-23', '2026-11-30', '2026-12-01', '2026-12-01'])
  expect(days(monday, { extraHolidays: ['2026-11-27'] })).toEqual([
    '2026-11-23',
    '2026-12-01',
    '2026-12-02',
    '2026-12-02'
  ])
  expect(days(monday, { removedHolidays: ['2026-11-26'] })).toEqual([
    '2026-11-23',
    '2026-11-27',
    '2026-11-30',
    '2026-11-30'
  ])
  expect(days(monday, { businessDays: 2 })).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-25'])
})

test('says how many days Microsoft has', () => {
  expect(expectedDates('2026-11-23T17:00:00Z', { ...rules, businessDays: 7 })[2]?.title).toContain('7 business days')
})
