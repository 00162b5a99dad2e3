import type { ReplacedLetter } from '../domain/mails/operator-letters.ts'
import type { Proposal } from '../domain/plan/replacements.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { offersNow } from './amendments.ts'
import type { Run } from './run.ts'

/** What everybody is told of a change of people. */
export const replacedLetter = (
  run: Run,
  stage: ReplacedLetter['stage'],
  proposal: Proposal,
  { by, answer: { reason } }: Pick<Answer<'replace-operator' | 'withdraw-replacement'>, 'by' | 'answer'>
): ReplacedLetter => ({ kind: 'replaced', stage, ...proposal, officers: officersOf(run), by, reason })

/** Of what was proposed, as it was said. */
export function proposedAnswer({ amendments }: Run, { id }: Proposal): Answer<'replace-operator'> | undefined {
  const proposed = amendments.find((each) => each.of === 'proposal' && each.id === id)
  return proposed?.of === 'proposal' ? proposed.answered : undefined
}

const officersOf = ({ offers, amendments }: Run): string[] => [
  ...new Set(offersNow(offers, amendments).flatMap(({ officers }) => officers.map(({ email }) => email)))
]
