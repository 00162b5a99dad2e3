import type { AnsweredLine } from './documents.ts'

/**
 * What people said, the oldest first: what the ledger was asked for, and what statuses show as taken. Stores tell whole seconds,
 * so somebody's refused answer and their next, which was taken, may have one moment: they are two.
 */
export function allAnswers(said: readonly AnsweredLine[], taken: readonly AnsweredLine[]): AnsweredLine[] {
  const others = taken.filter((line) => !said.some((each) => isSame(each, line)))
  return [...said, ...others.map((line) => ({ ...line, verdict: 'taken' as const }))].toSorted((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0
  )
}

/** The ledger may have been read a moment before the answer was judged. */
const isSame = (said: AnsweredLine, { task, by, at }: AnsweredLine): boolean =>
  said.task === task && said.by === by && said.at === at && (said.verdict === undefined || said.verdict === 'taken')
