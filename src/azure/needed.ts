import { RestError } from '@azure/core-rest-pipeline'

/**
 * The SDK clients type every field of an answer as one that may be absent. An answer without one that the app cannot do
 * without is none: it fails like an answer that could not be read (DESIGN rule 12).
 */
export function needed<T>(value: T | null | undefined, what: string): T {
  if (value !== null && value !== undefined && value !== '') return value
  throw new RestError(`Azure answered without ${what}`, { code: unexpectedAnswer })
}

/** The code of an answer that does not fit. */
export const unexpectedAnswer = 'UnexpectedAnswer'
