import { expect, test } from 'vitest'
import table from '../../../src/domain/calendar/holidays.json' with { type: 'json' }
import { holidays } from '../../../src/domain/calendar/holidays.ts'
import { holidayTable } from '../../../local/generate-holidays.ts'

test('the committed table is what its generator makes', () => {
  expect(table).toEqual(holidayTable())
})

test('a holiday on a weekend counts on the weekday it is moved to', () => {
  expect(holidays).toContain('2026-07-03')
  expect(holidays).toContain('2027-12-31')
  expect(holidays).not.toContain('2026-07-04')
})

test('every year of the table has the ten or more days of the federal calendar', () => {
  for (let year = 2024; year <= 2036; year += 1) {
    expect(holidays.filter((date) => date.startsWith(String(year))).length).toBeGreaterThanOrEqual(10)
  }
})
