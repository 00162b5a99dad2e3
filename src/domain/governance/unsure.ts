/** What nobody can compute here: neither true nor false, and no value (DESIGN rule 8). */
export const unsure: unique symbol = Symbol('unsure')

export type Truth = boolean | typeof unsure

/** What a rule speaks of; `undefined` for what is not there. `unsure` may stand anywhere in it. */
export type Value = unknown

export const not = (truth: Truth): Truth => (truth === unsure ? unsure : !truth)

/** One that is false decides, whatever the others are. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(unsure) ? unsure : true
}

export const some = (truths: readonly Truth[]): Truth => not(every(truths.map(not)))

/** Whether it, or anything in it, is unsure. */
export function isUnsure(value: Value): boolean {
  if (value === unsure) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(isUnsure)
}

/** How a plain value is written; empty for one that has parts. */
export const written = (value: Value): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

export const isRecord = (value: Value): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !isList(value)
