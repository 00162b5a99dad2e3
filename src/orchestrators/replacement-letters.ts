import type { ProposalAmendment } from '../domain/ledger/amendment.ts'
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

/** What was proposed, with whom its name meant then. */
export function proposedIn({ amendments }: Run, { id }: Proposal): ProposalAmendment | undefined {
  const proposed = amendments.find((each) => each.of === 'proposal' && each.id === id)
  return proposed?.of === 'proposal' ? proposed : undefined
}

/** The same, as it was said. */
export const proposedAnswer = (run: Run, proposal: Proposal): Answer<'replace-operator'> | undefined =>
  proposedIn(run, proposal)?.answered

const officersOf = ({ offers, amendments }: Run): string[] => [
  ...new Set(offersNow(offers, amendments).flatMap(({ officers }) => officers.map(({ email }) => email)))
]
