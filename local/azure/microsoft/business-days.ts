import { Temporal } from 'temporal-polyfill'

/**
 * The instant `days` business days after `from`, at 15:31 in Redmond: when somebody at Microsoft gets to it.
 * Written apart from the app's own calendar, so that neither can be right only because the other agrees.
 */
export function afterBusinessDays(from: number, days: number): number {
  let date = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(REDMOND).toPlainDate()
  for (let left = days; left > 0; left -= 1) date = nextBusinessDay(date)
  const approval = date.toZonedDateTime({ timeZone: REDMOND, plainTime: '15:31' }).epochMilliseconds
  return approval < from ? afterBusinessDays(from, days + 1) : approval
}

const REDMOND = 'America/Los_Angeles'

function nextBusinessDay(date: Temporal.PlainDate): Temporal.PlainDate {
  const next = date.add({ days: 1 })
  return next.dayOfWeek > 5 || isFederalHoliday(next) ? nextBusinessDay(next) : next
}

/** US federal holidays as observed: https://www.opm.gov/policy-data-oversight/pay-leave/federal-holidays/ */
function isFederalHoliday(date: Temporal.PlainDate): boolean {
  return isFixedHolidayObserved(date) || isFloatingHoliday(date)
}

// One on a Saturday is kept on the Friday before, one on a Sunday on the Monday after.
function isFixedHolidayObserved(date: Temporal.PlainDate): boolean {
  if (isFixedHoliday(date)) return true
  if (date.dayOfWeek === 5) return isFixedHoliday(date.add({ days: 1 }))
  return date.dayOfWeek === 1 && isFixedHoliday(date.subtract({ days: 1 }))
}

function isFixedHoliday({ month, day }: Temporal.PlainDate): boolean {
  return ['1-1', '6-19', '7-4', '11-11', '12-25'].includes(`${month}-${day}`)
}

function isFloatingHoliday({ month, day, dayOfWeek, daysInMonth }: Temporal.PlainDate): boolean {
  const nth = Math.ceil(day / 7)
  if (dayOfWeek === 4) return month === 11 && nth === 4
  if (dayOfWeek !== 1) return false
  if (month === 5) return day + 7 > daysInMonth
  return MONDAYS[month] === nth
}

/** Which Monday of which month: Martin Luther King, Washington, Labor and Columbus. */
const MONDAYS: Readonly<Record<number, number>> = { 1: 3, 2: 3, 9: 1, 10: 2 }
