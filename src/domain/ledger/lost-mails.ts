import { entriesOfKind, type Entry } from './entry.ts'

/** Mails that did not arrive, and of which the story of the chain could not tell any more: it had ended. */
export function mailsLostAfterEnd(entries: readonly Entry[]): { readonly letter: string; readonly at: string }[] {
  const [end] = entriesOfKind(entries, 'closed')
  return entriesOfKind(entries, 'failed-mail')
    .filter(({ n }) => end !== undefined && n > end.n)
    .map(({ said, moment }) => ({ letter: said.letter, at: moment }))
}
