import { AzureCallError, isPassing } from '../azure/errors.ts'
import type { Reading } from '../domain/terms/reading.ts'

export interface ReadOrNot<T> {
  readonly read?: Reading<T>
  /** What could not be read, and why. */
  readonly unread: readonly string[]
}

/**
 * What Azure refuses for good is said to be unread, with the right that lacks where Azure names it, and stops nothing. What
 * passes is thrown as ever, and so is what cannot be understood.
 */
export async function orUnread<T>(what: string, asked: Promise<Reading<T>>): Promise<ReadOrNot<T>> {
  try {
    return { read: await asked, unread: [] }
  } catch (error) {
    if (!(error instanceof AzureCallError) || isPassing(error) || error.kind === 'unreadable') throw error
    const lacking = error.missingRight === undefined ? error.happened : `what lacks is ${error.missingRight}`
    return { unread: [`${what}: unread, ${lacking}`] }
  }
}
