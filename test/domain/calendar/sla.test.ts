import { expect, test } from 'vitest'
import { slaMoments } from '../../../src/domain/calendar/sla.ts'

const from = '2026-11-23T18:37:00.000Z'
const rules = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 }

test('a deployment adds days off to the public holidays, and takes away those on which Microsoft works', () => {
  expect(slaMoments(from, rules)).toEqual({ reminder: '2026-11-30T18:37:00.000Z', due: '2026-12-01T18:37:00.000Z' })
  expect(slaMoments(from, { ...rules, extraHolidays: ['2026-11-27'] }).due).toBe('2026-12-02T18:37:00.000Z')
  expect(slaMoments(from, { ...rules, removedHolidays: ['2026-11-26'] }).due).toBe('2026-11-30T18:37:00.000Z')
})
