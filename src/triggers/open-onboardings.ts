import { UnreadableRecord } from '../contracts/unreadable-record.ts'
import { newestOnboarding, type Asked } from './http/branches.ts'
import type { Onboarding } from './http/known.ts'

/**
 * Those that have begun and not ended, by the claims of their tenants: nothing reads a whole hub for them. What a newer release
 * has written to is left alone: the watch says so.
 */
export async function openOnboardings(asked: Asked): Promise<Onboarding[]> {
  const all: Onboarding[] = []
  for (const id of await asked.ledger.claimed()) {
    const found = await unlessUnread(newestOnboarding(asked, id))
    if (found) all.push(found)
  }
  return all.filter(({ stands }) => stands === 'running')
}

/** Undefined where what is asked for lies there and cannot be read. */
export async function unlessUnread<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof UnreadableRecord) return undefined
    throw error
  }
}
