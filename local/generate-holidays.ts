import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Holidays from 'date-holidays'

const firstYear = 2024
const lastYear = 2036

/** Weekday public holidays of the United States by date, oldest first: what `src/domain/calendar/holidays.json` holds. */
export function holidayTable(): Record<string, string> {
  const source = new Holidays('US', { timezone: 'America/Los_Angeles', types: ['public', 'bank'] })
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index)
  const days = years
    .flatMap((year) => source.getHolidays(year))
    .map(({ date, name }) => [date.slice(0, 10), name] as const)
    .filter(([date]) => isWeekday(date))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(days)
}

const isWeekday = (date: string): boolean => ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())

if (import.meta.main) {
  const target = fileURLToPath(new URL('../src/domain/calendar/holidays.json', import.meta.url))
  writeFileSync(target, `${JSON.stringify(holidayTable(), null, 2)}\n`)
}
