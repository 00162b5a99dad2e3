import { expect, test } from 'vitest'
import { parseSchedule } from '../../../local/host/triggers/ncrontab.ts'

const start = Date.parse('2026-02-27T22:59:30.500Z')

test.for([
  ['*/5 * * * * *', '2026-02-27T22:59:35.000Z'],
  ['0 * * * *', '2026-02-27T23:00:00.000Z'],
  ['0 0 * * * *', '2026-02-27T23:00:00.000Z'],
  ['0 30 9-17/4 * * mon-fri', '2026-03-02T09:30:00.000Z'],
  ['0 0 0 1,15 * *', '2026-03-01T00:00:00.000Z'],
  ['0 0 12 * Jun SUN', '2026-06-07T12:00:00.000Z'],
  ['0 0 0 29 2 *', '2028-02-29T00:00:00.000Z'],
  ['0 0 6 * * 7', '2026-03-01T06:00:00.000Z'],
  ['30 59 22 27 2 5', '2032-02-27T22:59:30.000Z'],
  ['01:30:00', '2026-02-28T00:29:30.500Z']
] as const)('after 22:59:30.5 of Friday, 27 February 2026, "%s" comes at %s', ([schedule, expected]) => {
  expect(new Date(parseSchedule(schedule)(start)).toISOString()).toBe(expected)
})

test.for([
  '',
  '* * *',
  '60 * * * * *',
  '* * 24 * * *',
  '0 0 0 30 2 *',
  '0 5-1 * * * *',
  'a b c d e f',
  '*/0 * * * * *'
])('"%s" is refused', (schedule) => {
  expect(() => parseSchedule(schedule)(start)).toThrow(`The schedule "${schedule}" cannot be read`)
})
