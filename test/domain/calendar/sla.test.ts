import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { afterEach, expect, test, vi } from 'vitest'
import { addBusinessDays } from '../../../src/domain/calendar/business-calendar.ts'
import {
  afterDuty,
  calendarOf,
  nextSlaMoment,
  nothingDone,
  slaDuty,
  slaMoments,
  type SlaMoments,
  type SlaRules
} from '../../../src/domain/calendar/sla.ts'

const from = '2026-11-23T18:37:00.000Z'
const rules = { zone: 'America/Los_Angeles', extraHolidays: [], businessDays: 5 }

test('a deployment adds days off to the public holidays, and takes away those on which Microsoft works', () => {
  expect(slaMoments(from, rules)).toEqual({ reminder: '2026-11-30T18:37:00.000Z', due: '2026-12-01T18:37:00.000Z' })
  expect(slaMoments(from, { ...rules, extraHolidays: ['2026-11-27'] }).due).toBe('2026-12-02T18:37:00.000Z')
  expect(slaMoments(from, { ...rules, removedHolidays: ['2026-11-26'] }).due).toBe('2026-11-30T18:37:00.000Z')
})

/** Walks from escalation to escalation, and from day to day. */
function slowly(now: string, { due }: SlaMoments, done: number, sla: SlaRules): number {
  const daysOf = (number: number): number => 2 * Math.min(number - 1, 3) + 5 * Math.max(number - 4, 0)
  const { zone, holidays } = calendarOf(sla)
  const isOff = (date: Temporal.PlainDate): boolean => date.dayOfWeek > 5 || holidays.has(date.toString())
  const momentOf = (number: number): string => {
    const start = Temporal.Instant.from(due).toZonedDateTimeISO(zone)
    let date = start.toPlainDate()
    const time = isOff(date) ? undefined : start.toPlainTime()
    const next = () => {
      do date = date.add({ days: 1 })
      while (isOff(date))
    }
    if (time === undefined) next()
    for (let left = daysOf(number); left > 0; left -= 1) next()
    const moment = date.toZonedDateTime({ timeZone: zone, ...(time && { plainTime: time }) })
    return moment.toInstant().toString({ fractionalSecondDigits: 3 })
  }
  let number = done
  while (now >= momentOf(number + 1)) number += 1
  return number
}

const day = fc.integer({ min: 0, max: 3000 }).map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString())
const moments = fc
  .integer({ min: 0, max: 3 * 366 * 24 * 60 })
  .map((minute) => new Date(Date.UTC(2025, 0, 1) + minute * 60_000).toISOString())

test('what is owed is what walking from escalation to escalation and from day to day finds', () => {
  const rulesOf = fc.record({
    zone: fc.constantFrom('America/Los_Angeles', 'Europe/Berlin', 'Pacific/Auckland', 'UTC'),
    extraHolidays: fc.array(
      day.map((iso) => iso.slice(0, 10)),
      { maxLength: 60 }
    ),
    removedHolidays: fc.constantFrom([], ['2026-11-26']),
    businessDays: fc.integer({ min: 0, max: 9 })
  })
  const later = fc.integer({ min: 0, max: 100 * 24 * 60 })
  fc.assert(
    fc.property(moments, later, fc.integer({ min: 0, max: 9 }), rulesOf, (start, minutes, done, sla) => {
      const now = new Date(Date.parse(start) + minutes * 60_000).toISOString()
      const owed = slaMoments(start, sla)
      const duty = slaDuty(now, owed, { reminded: true, escalations: done }, sla)
      const number = slowly(now, owed, done, sla)
      expect(duty).toEqual(number > done ? { kind: 'escalation', number } : undefined)
    }),
    { numRuns: 150 }
  )
})

/** A clock's whole life until a moment, waking whenever something will be owed. */
function lived(until: string): string[] {
  const owed = slaMoments(from, rules)
  const told: string[] = []
  let done = nothingDone
  for (let now = from; now <= until; now = nextSlaMoment(now, owed, done, rules)) {
    const duty = slaDuty(now, owed, done, rules)
    if (duty) told.push(`${now.slice(0, 16)} ${duty.kind === 'reminder' ? 'reminder' : String(duty.number)}`)
    if (duty) done = afterDuty(done, duty)
    expect(slaDuty(now, owed, done, rules)).toBeUndefined() // nothing is owed twice
  }
  return told
}

test('a clock reminds on the day before it is due, escalates then, thrice every second day, and then every week', () => {
  expect(lived('2026-12-23T00:00:00.000Z')).toEqual([
    '2026-11-30T18:37 reminder',
    '2026-12-01T18:37 1',
    '2026-12-03T18:37 2',
    '2026-12-07T18:37 3',
    '2026-12-09T18:37 4',
    '2026-12-16T18:37 5'
  ])
})

test('a reminder is owed from its moment until the SLA is over, once', () => {
  const owed = slaMoments(from, rules)
  const justBefore = (moment: string) => new Date(Date.parse(moment) - 1).toISOString()
  const at = (now: string, done = nothingDone) => slaDuty(now, owed, done, rules)
  expect(at(justBefore(owed.reminder))).toBeUndefined()
  expect(at(owed.reminder)).toEqual({ kind: 'reminder' })
  expect(at(justBefore(owed.due))).toEqual({ kind: 'reminder' })
  expect(at(owed.reminder, { ...nothingDone, reminded: true })).toBeUndefined()
  expect(at(owed.due)).toEqual({ kind: 'escalation', number: 1 })
  expect(at(owed.due, { ...nothingDone, escalations: 1 })).toBeUndefined()
})

afterEach(() => {
  vi.restoreAllMocks()
})

/** How many dates are read and moved while a clock from this moment tells what is owed and when it wakes. */
function work(start: string): number {
  const counted = [
    vi.spyOn(Temporal.PlainDate.prototype, 'add'),
    vi.spyOn(Temporal.PlainDate, 'from'),
    vi.spyOn(Temporal.Instant, 'from'),
    vi.spyOn(Date, 'parse')
  ]
  const now = '2026-11-24T18:37:00.000Z'
  const owed = slaMoments(start, rules)
  slaDuty(now, owed, nothingDone, rules)
  nextSlaMoment(now, owed, nothingDone, rules)
  return counted.reduce((sum, spy) => {
    const { length } = spy.mock.calls
    spy.mockRestore()
    return sum + length
  }, 0)
}

test.each(['2006-01-02T09:00:00.000Z', '1970-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'])(
  'a clock that starts in %s is no more work than one that starts a month ago',
  (start) => {
    expect(work(start)).toBeLessThanOrEqual(2 * work('2026-10-24T09:00:00.000Z'))
  }
)

test('a clock that started twenty years ago owes its last escalation alone', () => {
  const owed = slaMoments('2006-01-02T09:00:00.000Z', rules)
  const duty = slaDuty(from, owed, nothingDone, rules)
  expect(duty?.kind).toBe('escalation')
  const next = nextSlaMoment(
    from,
    owed,
    { reminded: true, escalations: duty?.kind === 'escalation' ? duty.number : 0 },
    rules
  )
  expect(next > from && next <= addBusinessDays(from, 6, calendarOf(rules))).toBe(true)
})
