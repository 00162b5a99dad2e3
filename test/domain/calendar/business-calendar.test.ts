import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addBusinessDays,
  businessDaysBetween,
  describeWait,
  formatMoment,
  isBusinessDay,
  type Calendar
} from '../../../src/domain/calendar/business-calendar.ts'
import { holidays } from '../../../src/domain/calendar/holidays.ts'

const redmond: Calendar = { zone: 'America/Los_Angeles', holidays: new Set(holidays) }

const after = (from: string, days: number, calendar = redmond): string => addBusinessDays(from, days, calendar)

describe('five business days', () => {
  test('from a Monday morning are over on the next Monday morning', () => {
    expect(after('2026-11-02T17:00:00.000Z', 5)).toBe('2026-11-09T17:00:00.000Z')
  })

  test('take a day more around Thanksgiving', () => {
    expect(after('2026-11-23T18:13:00.000Z', 5)).toBe('2026-12-01T18:13:00.000Z')
  })

  test('take a day more around a holiday that is moved from a weekend', () => {
    expect(after('2026-06-30T17:00:00Z', 5)).toBe('2026-07-08T17:00:00.000Z')
  })

  test('from a Saturday count from Monday’s first moment', () => {
    expect(after('2026-10-31T20:00:00Z', 5)).toBe('2026-11-09T08:00:00.000Z')
    expect(after('2026-11-14T20:00:00Z', 3)).toBe('2026-11-19T08:00:00.000Z')
  })

  test('from a holiday count from the next business day’s first moment', () => {
    expect(after('2026-11-26T20:00:00Z', 1)).toBe('2026-11-30T08:00:00.000Z')
  })

  test('keep the time of day when clocks go back and when they go forward', () => {
    expect(after('2026-10-30T16:00:00Z', 1)).toBe('2026-11-02T17:00:00.000Z')
    expect(after('2026-03-06T17:00:00Z', 1)).toBe('2026-03-09T16:00:00.000Z')
  })

  test('late on a Friday in Redmond are not Saturday’s, though it is Saturday in Greenwich', () => {
    expect(after('2026-11-14T02:00:00Z', 1)).toBe('2026-11-17T02:00:00.000Z')
  })
})

test('no business day from a business day is the same moment, with milliseconds', () => {
  expect(after('2026-11-03T17:00:00Z', 0)).toBe('2026-11-03T17:00:00.000Z')
})

test.each([-1, 1.5, Number.NaN])('%d business days cannot be added', (days) => {
  expect(() => after('2026-11-03T17:00:00Z', days)).toThrow(RangeError)
})

test('business days between count the end and not the start', () => {
  expect(businessDaysBetween('2026-11-23T18:13:00Z', '2026-11-30T23:31:00Z', redmond)).toBe(4)
  expect(businessDaysBetween('2026-11-23T18:13:00Z', '2026-11-23T23:00:00Z', redmond)).toBe(0)
  expect(businessDaysBetween('2026-11-23T18:13:00Z', '2026-11-20T23:00:00Z', redmond)).toBe(0)
})

test('a day belongs to the zone of the calendar', () => {
  expect(isBusinessDay('2026-11-27T07:00:00Z', redmond)).toBe(false) // still Thanksgiving in Redmond
  expect(isBusinessDay('2026-11-27T08:00:00Z', redmond)).toBe(true)
  expect(isBusinessDay('2026-11-28T07:59:00Z', redmond)).toBe(true) // Friday evening
})

test('a wait names its holidays', () => {
  expect(describeWait('2026-11-23T18:13:00Z', '2026-12-01T18:13:00Z', redmond)).toBe(
    '5 business days; Thu 26 Nov is a holiday'
  )
  expect(describeWait('2026-11-30T18:13:00Z', '2026-12-01T18:13:00Z', redmond)).toBe('1 business day')
})

test('a wait that begins on a weekend says from when it counts', () => {
  expect(describeWait('2026-11-14T20:00:00Z', '2026-11-19T08:00:00Z', redmond)).toBe(
    '3 business days; counted from Mon 16 Nov'
  )
})

test('a moment is shown in the zone’s own time', () => {
  expect(formatMoment('2026-12-01T18:13:59.999Z', 'America/Los_Angeles')).toBe('Tue 1 Dec 10:13')
  expect(formatMoment('2026-12-01T18:13:00Z', 'UTC')).toBe('Tue 1 Dec 18:13')
})

describe('against a naive calendar that reads dates from Intl and walks day by day', () => {
  const calendars = fc.record({
    zone: fc.constantFrom('America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC'),
    holidays: fc.array(fc.integer({ min: 0, max: 400 }).map(dateOfDay), { maxLength: 80 }).map((all) => new Set(all))
  })
  const moments = fc
    .integer({ min: 0, max: 365 * 24 * 60 })
    .map((minute) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString())
  const days = fc.integer({ min: 0, max: 12 })

  test('the due day is the n-th business day after the day the count starts', () => {
    fc.assert(
      fc.property(moments, days, calendars, (from, count, calendar) => {
        expect(localDate(addBusinessDays(from, count, calendar), calendar.zone)).toBe(
          naiveDueDate(from, count, calendar)
        )
      })
    )
  })

  test('the due moment has the time of day of the start, or midnight where the start is no business day', () => {
    fc.assert(
      fc.property(moments, days, calendars, (from, count, calendar) => {
        const startsToday = isNaiveBusinessDay(localDate(from, calendar.zone), calendar)
        const due = addBusinessDays(from, count, calendar)
        expect(localTime(due, calendar.zone)).toBe(startsToday ? localTime(from, calendar.zone) : '00:00')
      })
    )
  })

  test('as many business days lie between as were added', () => {
    fc.assert(
      fc.property(moments, days, calendars, (from, count, calendar) => {
        expect(businessDaysBetween(from, addBusinessDays(from, count, calendar), calendar)).toBe(count)
      })
    )
  })
})

function dateOfDay(day: number): string {
  return new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
}

function localParts(iso: string, zone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  })
  return Object.fromEntries(format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
}

function localDate(iso: string, zone: string): string {
  const { year, month, day } = localParts(iso, zone)
  return `${year}-${month}-${day}`
}

function localTime(iso: string, zone: string): string {
  const { hour, minute } = localParts(iso, zone)
  return `${hour}:${minute}`
}

function isNaiveBusinessDay(date: string, calendar: Calendar): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.has(date)
}

function naiveDueDate(from: string, count: number, calendar: Calendar): string {
  let date = localDate(from, calendar.zone)
  while (!isNaiveBusinessDay(date, calendar)) date = dayAfter(date)
  for (let left = count; left > 0; left -= 1) {
    do date = dayAfter(date)
    while (!isNaiveBusinessDay(date, calendar))
  }
  return date
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

describe('every day of 2025 to 2027', () => {
  // Counted the slow way, by the calendar on the wall: another reckoning than the one under test.
  const wallClock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: redmond.zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit'
  })
  const nextDay = (date: string): string =>
    new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const isWorkday = (date: string): boolean =>
    ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay()) && !redmond.holidays.has(date)

  function expected(from: string, days: number): string {
    const [started = '', time = ''] = wallClock.format(new Date(from)).split(' ')
    let date = started
    while (!isWorkday(date)) date = nextDay(date)
    const at = date === started ? time : '00:00'
    for (let left = days; left > 0; ) {
      date = nextDay(date)
      if (isWorkday(date)) left -= 1
    }
    return `${date} ${at}`
  }

  test.each([1, 5])('%d business days are over on the day and at the hour that the wall calendar says', (days) => {
    let count = 0
    for (let at = Date.parse('2025-01-01T18:37:00Z'); at < Date.parse('2028-01-01T00:00:00Z'); at += 86_400_000) {
      const from = new Date(at).toISOString()
      expect([from, wallClock.format(new Date(after(from, days)))]).toEqual([from, expected(from, days)])
      count += 1
    }
    expect(count).toBe(1095)
  })
})
