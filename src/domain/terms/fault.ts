import type { z } from 'zod'

/** One thing wrong with a request or an answer. */
export interface Fault {
  /** JSON pointer (RFC 6901) to the value, e.g. `/policies/2/workload`; empty for the whole document. */
  readonly path: string
  /** What happened, to what, and what to do. */
  readonly message: string
}

export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Every fault a schema found. A field nobody asked for is a fault at its own path, not at its parent's. */
export const faultsOf = (error: z.core.$ZodError): Fault[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: pointer([...issue.path, key]),
          message: `${quoted(key)} is not a field that belongs here. Remove it or correct its spelling.`
        }))
      : [{ path: pointer(issue.path), message: issue.message }]
  )

/** Words for faults whose schema says nothing itself: missing values and wrong types. Pass to `safeParse`. */
export const faultWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return 'A required value is missing here. Add it.'
  if (issue.code === 'invalid_type') return `${quoted(issue.input)} is not ${withArticle(issue.expected)}. Replace it.`
  return undefined
}

/** A value as a message shows it: JSON, cut to a readable length; what would not be seen or would turn the text, by its code. */
export function quoted(value: unknown): string {
  const text = (JSON.stringify(value) ?? 'undefined').replaceAll(/[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu, codeOf)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

const codeOf = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`

const withArticle = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`)
