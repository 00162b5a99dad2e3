import { Temporal } from 'temporal-polyfill'
import { dateOf, dayOf, dayOfRank, rankOf } from './day-count.ts'

/** Where business days are counted, and which of Monday to Friday are none. */
export interface Calendar {
  /** IANA zone, e.g. `America/Los_Angeles`. */
  readonly zone: string
  /** `yyyy-mm-dd`, local to the zone. */
  readonly holidays: ReadonlySet<string>
}

/**
 * The same local time of day, `days` business days later (R25), as an ISO 8601 UTC moment with milliseconds.
 *
 * From a weekend or a holiday the count starts at the next business day's first moment: five days from a Saturday are
 * over when five whole business days are. A time of day that a change of clocks leaves out becomes the first one after.
 */
export function addBusinessDays(fromIso: string, days: number, calendar: Calendar): string {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`Cannot add ${days} business days. Add 0 or more.`)
  const start = startOfCount(fromIso, calendar)
  if (days === 0) return isoOf(start)
  const date = businessDateAfter(start.toPlainDate(), days, calendar)
  return isoOf(date.toZonedDateTime({ timeZone: calendar.zone, plainTime: start.toPlainTime() }))
}

/** Business days after the day the count starts on, up to and with the day of `toIso`; 0 when that is earlier. */
export function businessDaysBetween(fromIso: string, toIso: string, calendar: Calendar): number {
  const rank = (date: Temporal.PlainDate): number => rankOf(dayOf(date.toString()), calendar.holidays)
  const first = startOfCount(fromIso, calendar).toPlainDate()
  return Math.max(rank(local(toIso, calendar.zone).toPlainDate()) - rank(first), 0)
}

/** Whether a moment lies on a business day of the calendar's zone. */
export const isBusinessDay = (iso: string, calendar: Calendar): boolean =>
  isBusinessDate(local(iso, calendar.zone).toPlainDate(), calendar)

/** The working day that a moment counts to, `yyyy-mm-dd`: a weekend or a holiday counts to the next one. */
export const businessDayOf = (iso: string, calendar: Calendar): string =>
  startOfCount(iso, calendar).toPlainDate().toString()

/** How long a wait is and why, e.g. `5 business days; Thu 26 Nov is a holiday`. */
export function describeWait(fromIso: string, dueIso: string, calendar: Calendar): string {
  const days = businessDaysBetween(fromIso, dueIso, calendar)
  const start = startOfCount(fromIso, calendar)
  return [
    `${days} business ${days === 1 ? 'day' : 'days'}`,
    ...(isBusinessDay(fromIso, calendar) ? [] : [`counted from ${dateText(start.toPlainDate())}`]),
    ...weekdaysOff(fromIso, dueIso, calendar).map((date) => `${dateText(date)} is a holiday`)
  ].join('; ')
}

/** `Tue 1 Dec 10:13`, in the zone's own time. */
export function formatMoment(iso: string, zone: string): string {
  const moment = local(iso, zone)
  return `${dateText(moment.toPlainDate())} ${moment.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

const local = (iso: string, zone: string): Temporal.ZonedDateTime => Temporal.Instant.from(iso).toZonedDateTimeISO(zone)

/** With milliseconds always, as `Date` writes them: moments of this form compare as text. */
const isoOf = (moment: Temporal.ZonedDateTime): string => moment.toInstant().toString({ fractionalSecondDigits: 3 })

function startOfCount(fromIso: string, calendar: Calendar): Temporal.ZonedDateTime {
  const from = local(fromIso, calendar.zone)
  const date = from.toPlainDate()
  return isBusinessDate(date, calendar) ? from : businessDateAfter(date, 1, calendar).toZonedDateTime(calendar.zone)
}

/** The n-th business day after a date. */
function businessDateAfter(date: Temporal.PlainDate, days: number, { holidays }: Calendar): Temporal.PlainDate {
  const rank = rankOf(dayOf(date.toString()), holidays)
  return Temporal.PlainDate.from(dateOf(dayOfRank(rank + days, holidays)))
}

const isBusinessDate = (date: Temporal.PlainDate, { holidays }: Calendar): boolean =>
  date.dayOfWeek <= 5 && !holidays.has(date.toString())

function weekdaysOff(fromIso: string, dueIso: string, calendar: Calendar): Temporal.PlainDate[] {
  const last = local(dueIso, calendar.zone).toPlainDate()
  const off: Temporal.PlainDate[] = []
  let date = local(fromIso, calendar.zone).toPlainDate()
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (date.dayOfWeek <= 5 && !isBusinessDate(date, calendar)) off.push(date)
  }
  return off
}

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const dateText = (date: Temporal.PlainDate): string =>
  `${dayNames[date.dayOfWeek - 1] ?? ''} ${date.day} ${monthNames[date.month - 1] ?? ''}`
