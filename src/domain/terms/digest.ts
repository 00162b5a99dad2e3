/** Makes the hexadecimal SHA-256 of a text. Handed in, because the domain imports no platform. */
export type Sha256 = (text: string) => string

/**
 * JSON with sorted keys and no white space: equal content gives equal text, whatever order it was written in.
 * Properties that are `undefined` are left out, as in JSON itself.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value)) ?? 'null'

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)])
  )
}
