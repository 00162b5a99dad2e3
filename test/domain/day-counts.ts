/** A count of days as texts have it: `5 business days`, `five days`, `14-day`. */
const counts = new RegExp(
  String.raw`\b(\d+|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -](?:(?:business|working|calendar) )?days?\b`,
  'gi'
)
const words = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')

/**
 * What Microsoft's article fixes (R39), how long an offline copy may lag, what a rehearsal's stores keep, and how long Entra
 * keeps whom somebody deleted: other settings.
 */
const fixed = [90, 14, 365, 30]

/** Counts of days in a text that are neither the setting's nor fixed: a setting's old value, written in prose. */
export function strayDays(text: string, setting: number): string[] {
  return [...text.matchAll(counts)]
    .filter(([, count = '']) => {
      const number = words.includes(count.toLowerCase()) ? words.indexOf(count.toLowerCase()) : Number(count)
      return ![setting, ...fixed].includes(number)
    })
    .map(([said]) => said)
}
