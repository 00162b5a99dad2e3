import type { AnsweredLine, OnboardingDocument } from './documents.ts'

/** What became of an answer, in a few words or in the sentence that tells why it was not taken. */
export function becameOf({ verdict, why }: Pick<AnsweredLine, 'verdict' | 'why'>): string {
  if (verdict === undefined) return 'written down, not judged yet'
  const said = { taken: 'taken', refused: 'refused', late: 'too late' }[verdict]
  if (why === undefined || verdict === 'taken') return said
  return why.toLowerCase().startsWith(said) ? why.replace(/^./, (first) => first.toLowerCase()) : `${said}: ${why}`
}

const most = 5

/**
 * Answers whose givers should know that they did not count, or not yet: the newest first. Not what was taken later, nor what its
 * giver had said twice.
 */
export function untaken({ answers }: Pick<OnboardingDocument, 'answers'>): AnsweredLine[] {
  const isSettled = ({ verdict, task, at, by }: AnsweredLine): boolean =>
    verdict === 'taken' ||
    answers.some((other) => other.task === task && other.verdict === 'taken' && (other.at > at || other.by === by))
  return answers
    .filter((each) => !isSettled(each))
    .toReversed()
    .slice(0, most)
}
