import { Temporal } from 'temporal-polyfill'
import { isBusinessDay, type Calendar } from '../domain/calendar/business-calendar.ts'

export interface Day {
  /** `yyyy-mm-dd`, local to the calendar's zone. */
  readonly date: string
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  readonly business: boolean
  /** e.g. `Mon 23` */
  readonly label: string
  readonly month: string
}

/** Whole days, local to the zone, from the one of a moment to the one of another; at least `least`. */
export function daysBetween(from: string, to: string, calendar: Calendar, least = 1): Day[] {
  const last = dateOf(to, calendar.zone)
  const days: Day[] = []
  let date = dateOf(from, calendar.zone)
  while (days.length < most && (days.length < least || Temporal.PlainDate.compare(date, last) <= 0)) {
    days.push(dayOf(date, calendar))
    date = date.add({ days: 1 })
  }
  return days
}

/** An onboarding longer than this is drawn to here. */
const most = 400

const dateOf = (iso: string, zone: string): Temporal.PlainDate =>
  Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDate()

function dayOf(date: Temporal.PlainDate, calendar: Calendar): Day {
  const start = date.toZonedDateTime(calendar.zone)
  return {
    date: date.toString(),
    from: start.epochMilliseconds,
    to: start.add({ days: 1 }).epochMilliseconds,
    business: isBusinessDay(start.toInstant().toString(), calendar),
    label: `${date.toLocaleString('en', { weekday: 'short' })} ${String(date.day)}`,
    month: date.toLocaleString('en', { month: 'short' })
  }
}
