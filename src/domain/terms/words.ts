const smallNumbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve'
]

/** `one day`, `five days`, `60 days`: small numbers as words, as letters have them. */
export const countInWords = (count: number, noun: string): string =>
  `${smallNumbers[count] ?? String(count)} ${noun}${count === 1 ? '' : 's'}`

/** `1 vault`, `2 vaults`. */
export const countOf = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`

/** `3 d 4 h`, `4 h 12 min`, `35 s`: the two largest parts. */
export function durationOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min']
  ] as const
  const shown = parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => `${String(count)} ${unit}`)
  return shown.length > 0 ? shown.join(' ') : `${String(whole)} s`
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}
