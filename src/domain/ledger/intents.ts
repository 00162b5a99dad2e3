import { entriesOfKind, type Entry } from './entry.ts'

/** Whether somebody is about to do what an activity of these does: it was intended, and has no outcome. */
export function isAboutTo(entries: readonly Entry[], activities: readonly string[]): boolean {
  const over = new Set(entriesOfKind(entries, 'outcome').map(({ said }) => said.intent))
  return entriesOfKind(entries, 'intent').some(({ said }) => activities.includes(said.activity) && !over.has(said.id))
}
