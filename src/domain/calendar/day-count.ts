/** Days are whole numbers, counted from 1 January 1970; day 4 is a Monday. Nothing here walks from day to day. */
const firstMonday = 4
const dayMs = 24 * 3600_000

/** `yyyy-mm-dd` as a day. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs

/** A day as `yyyy-mm-dd`. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, -'T00:00:00.000Z'.length)

/** How many business days there are up to a day and with it, from a day long ago. Only differences mean something. */
export const rankOf = (day: number, off: ReadonlySet<string>): number => weekdaysUpTo(day) - offUpTo(day, off)

/** The business day of this rank: of those with it the first, since a day off has the rank of the one before. */
export function dayOfRank(rank: number, off: ReadonlySet<string>): number {
  for (let weekday = rank; ; ) {
    const day = nthWeekday(weekday)
    const moved = rank + offUpTo(day, off)
    if (moved === weekday) return day
    weekday = moved // further by the days off in between: it never comes back
  }
}

/** Monday to Friday, counted from the first Monday; less than 1 before it. */
function weekdaysUpTo(day: number): number {
  const since = day + 1 - firstMonday
  const weeks = Math.floor(since / 7)
  return weeks * 5 + Math.min(since - weeks * 7, 5)
}

function nthWeekday(number: number): number {
  const weeks = Math.floor((number - 1) / 5)
  return firstMonday + weeks * 7 + (number - 1 - weeks * 5)
}

/** Days off on a weekend cost nothing. */
function offUpTo(day: number, off: ReadonlySet<string>): number {
  const days = known.get(off) ?? [...off].map(dayOf).filter((each) => weekdaysUpTo(each) > weekdaysUpTo(each - 1))
  known.set(off, days)
  return days.filter((each) => each <= day).length
}

/** Read once: an orchestration that has waited for years counts anew, in every replay, for each time it woke. */
const known = new WeakMap<ReadonlySet<string>, readonly number[]>()
