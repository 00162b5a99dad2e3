import table from './holidays.json' with { type: 'json' }

/**
 * Public holidays of the United States that fall on a weekday, `yyyy-mm-dd`, with the days they are moved to from
 * weekends. Microsoft does not say which days are "business days" (R25): a deployment may add its own.
 * The table is made by `local/generate-holidays.ts`; a test fails when the two differ.
 */
export const holidays: readonly string[] = Object.keys(table)

/** The first and the last year that the table knows. */
export const holidayYears = { first: yearOf(holidays[0]), last: yearOf(holidays.at(-1)) } as const

function yearOf(day = ''): number {
  return Number(day.slice(0, 4))
}
