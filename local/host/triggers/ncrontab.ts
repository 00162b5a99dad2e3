/** Milliseconds since 1970 of the first occurrence after `after`. */
export type Schedule = (after: number) => number

/**
 * NCRONTAB as Azure Functions reads it, in UTC: `{second} {minute} {hour} {day} {month} {day-of-week}`, or five fields
 * without the seconds, or an interval `hh:mm:ss`. All fields have to match. Throws on anything else.
 */
export function parseSchedule(text: string): Schedule {
  const interval = parseInterval(text.trim())
  if (interval !== undefined) return (after) => after + interval
  const fields = text.trim().split(/\s+/)
  if (fields.length === 5) fields.unshift('0')
  if (fields.length !== 6) throw fault(text, `it has ${fields.length} fields`)
  const sets = fields.map((field, index) => parseField(field, index, text))
  const [seconds, minutes, hours, days, months, weekdays] = sets
  if (!seconds || !minutes || !hours || !days || !months || !weekdays) throw fault(text, 'a field is missing')
  return (after) => next({ seconds, minutes, hours, days, months, weekdays }, after, text)
}

/** Milliseconds of `hh:mm:ss` or `d.hh:mm:ss`. */
export function parseInterval(text: string): number | undefined {
  const parts = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text)?.slice(1)
  if (!parts) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0))
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

interface Fields {
  readonly seconds: ReadonlySet<number>
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
}

const ranges: readonly (readonly [number, number])[] = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6]
]
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const DAY_MS = 24 * 60 * 60 * 1000

/** Day by day, so that a schedule for one day of a leap year is found as well. */
function next(fields: Fields, after: number, text: string): number {
  const start = Math.floor(after / 1000) * 1000 + 1000
  const firstDay = Math.floor(start / DAY_MS) * DAY_MS
  for (let offset = 0; offset < LONGEST_GAP_DAYS; offset += 1) {
    const day = firstDay + offset * DAY_MS
    const date = new Date(day)
    if (
      !fields.days.has(date.getUTCDate()) ||
      !fields.months.has(date.getUTCMonth() + 1) ||
      !fields.weekdays.has(date.getUTCDay())
    )
      continue
    const time = firstTime(fields, offset === 0 ? start - day : 0)
    if (time !== undefined) return day + time
  }
  throw fault(text, 'it never comes true')
}

const LONGEST_GAP_DAYS = 366 * 29

/** Milliseconds since midnight of the first matching second that is not before `from`. */
function firstTime({ hours, minutes, seconds }: Fields, from: number): number | undefined {
  for (let hour = Math.floor(from / 3_600_000); hour < 24; hour += 1) {
    if (!hours.has(hour)) continue
    for (let minute = 0; minute < 60; minute += 1) {
      if (!minutes.has(minute)) continue
      for (let second = 0; second < 60; second += 1) {
        const time = ((hour * 60 + minute) * 60 + second) * 1000
        if (seconds.has(second) && time >= from) return time
      }
    }
  }
  return undefined
}

function parseField(field: string, index: number, text: string): Set<number> {
  const values = new Set<number>()
  for (const part of field.split(',')) addPart(values, part, index, text)
  return values
}

function addPart(values: Set<number>, part: string, index: number, text: string): void {
  const [low, high] = ranges[index] ?? [0, 0]
  const match = /^(\*|[a-z\d]+)(?:-([a-z\d]+))?(?:\/(\d+))?$/i.exec(part)
  if (!match) throw fault(text, `"${part}" is no field`)
  const [, first = '', last, step] = match
  const by = Number(step ?? 1)
  const from = first === '*' ? low : toNumber(first, index)
  const isOpen = first === '*' || step !== undefined
  const to = last === undefined ? (isOpen ? high : from) : toNumber(last, index)
  if (!(isRange([low, from, to, high]) && by > 0)) throw fault(text, `"${part}" is not within ${low}-${high}`)
  for (let value = from; value <= to; value += by) values.add(value)
}

function isRange(ascending: readonly number[]): boolean {
  return ascending.every((number, index) => number >= (ascending[index - 1] ?? number))
}

function toNumber(word: string, index: number): number {
  const names = index === 4 ? monthNames : index === 5 ? dayNames : []
  const named = names.indexOf(word.toLowerCase().slice(0, 3))
  if (named >= 0) return index === 4 ? named + 1 : named
  const number = Number(word)
  return index === 5 && number === 7 ? 0 : number
}

function fault(text: string, why: string): Error {
  return new Error(
    `The schedule "${text}" cannot be read: ${why}. Write "{second} {minute} {hour} {day} {month} {day-of-week}".`
  )
}
