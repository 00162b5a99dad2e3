import { entriesOfKind, type Entry, type Pointer, type SayingOf } from './entry.ts'

/** What became of an answer. */
export interface Judgement {
  readonly verdict: SayingOf<'verdict'>['verdict']
  /** The number of the entry since which it stands, and its moment. */
  readonly n: number
  readonly at: string
  readonly why?: Pointer
  /** What an override was said of. */
  readonly of?: Pointer
  /** Nobody has judged it: all was over. */
  readonly byTheEnd?: true
}

/** The verdicts of a chain as they stand, by answer: the first one counts, and what the end found unjudged came too late. */
export function judgementsIn(entries: readonly Entry[]): ReadonlyMap<string, Judgement> {
  const judgements = new Map<string, Judgement>()
  for (const { n, moment, said } of entriesOfKind(entries, 'verdict')) {
    const { answer, verdict, why, of } = said
    if (!judgements.has(answer))
      judgements.set(answer, { verdict, n, at: moment, ...(why && { why }), ...(of && { of }) })
  }
  const [end] = entriesOfKind(entries, 'closed')
  for (const answer of end ? entriesOfKind(entries, 'answer') : []) {
    const { n, moment } = end && end.n > answer.n ? end : answer
    if (!judgements.has(answer.said.id))
      judgements.set(answer.said.id, { verdict: 'late', n, at: moment, byTheEnd: true })
  }
  return judgements
}

/** Answers that have no verdict yet, oldest first. */
export function pendingIn(entries: readonly Entry[]): readonly Entry<'answer'>[] {
  const judgements = judgementsIn(entries)
  return entriesOfKind(entries, 'answer').filter(({ said }) => !judgements.has(said.id))
}

export const isClosed = (entries: readonly Entry[]): boolean => entries.some(({ said }) => said.kind === 'closed')
