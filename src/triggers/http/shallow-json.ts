/** Nothing that is asked of people is nested deeper than half of this; what is would break what looks at it. */
const deepest = 16

/** Reads JSON of at most sixteen levels. Throws a SyntaxError. */
export function parseShallow(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (isDeeper(value, deepest)) throw new SyntaxError(`it is nested deeper than ${String(deepest)} levels`)
  return value
}

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)))
