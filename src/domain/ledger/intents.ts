import { entriesOfKind, type Entry } from './entry.ts'
import { standingIn } from './standing.ts'

/**
 * Whether somebody is about to do what an activity of these does: it was intended, and neither done nor refused. What was held
 * back is about to be done again once nothing stands against it.
 */
export function isAboutTo(entries: readonly Entry[], activities: readonly string[]): boolean {
  if (standingIn(entries)) return false
  const over = new Set(
    entriesOfKind(entries, 'outcome')
      .filter(({ said }) => said.outcome !== 'held')
      .map(({ said }) => said.intent)
  )
  return entriesOfKind(entries, 'intent').some(({ said }) => activities.includes(said.activity) && !over.has(said.id))
}
