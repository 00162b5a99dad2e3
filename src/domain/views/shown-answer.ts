import type { AnsweredLine, OnboardingDocument } from './documents.ts'

/** What became of an answer: in a few words, or in the sentence that tells why it was not taken, or what it came too late for. */
export function becameOf({ verdict, why }: Pick<AnsweredLine, 'verdict' | 'why'>): string {
  if (verdict === undefined) return 'written down, not judged yet'
  const said = { taken: 'taken', refused: 'refused', late: 'too late' }[verdict]
  if (why === undefined) return said
  if (verdict === 'taken') return `${said}. ${why}` // a cancel or a halt, and what it did not stop any more
  return why.toLowerCase().startsWith(said) ? why.replace(/^./, (first) => first.toLowerCase()) : `${said}: ${why}`
}

const most = 5

/**
 * Answers whose givers should know that they did not count, not wholly or not yet: the newest first. Not what was taken later,
 * nor what its giver had said twice.
 */
export function notWhollyTaken({ answers }: Pick<OnboardingDocument, 'answers'>): AnsweredLine[] {
  const isSettled = (each: AnsweredLine): boolean =>
    (each.verdict === 'taken' && each.why === undefined) ||
    answers.some((other) => other.task === each.task && other.verdict === 'taken' && settles(other, each))
  return answers
    .filter((each) => !isSettled(each))
    .toReversed()
    .slice(0, most)
}

const settles = (other: AnsweredLine, { verdict, at, by }: AnsweredLine): boolean =>
  other.at > at || (other.by === by && verdict !== 'taken')
