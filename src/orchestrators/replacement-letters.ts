import type { ProposalAmendment } from '../domain/ledger/amendment.ts'
import type { ReplacedLetter } from '../domain/mails/operator-letters.ts'
import type { Proposal } from '../domain/plan/replacements.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { sameText } from '../domain/terms/same-text.ts'
import type { Story } from './durable.ts'
import type { Run } from './run.ts'
import { tellFirst } from './tell-operators.ts'

/** What everybody is told of a change of people. */
export const replacedLetter = (
  run: Run,
  stage: ReplacedLetter['stage'],
  proposal: Proposal,
  { by, answer: { reason } }: Pick<Answer<'replace-operator' | 'withdraw-replacement'>, 'by' | 'answer'>
): ReplacedLetter => ({ kind: 'replaced', stage, ...proposal, officers: officersEver(run), by, reason })

/** What was proposed, with whom its name meant then. */
export function proposedIn({ amendments }: Run, { id }: Proposal): ProposalAmendment | undefined {
  const proposed = amendments.find((each) => each.of === 'proposal' && each.id === id)
  return proposed?.of === 'proposal' ? proposed : undefined
}

/** The same, as it was said. */
export const proposedAnswer = (run: Run, proposal: Proposal): Answer<'replace-operator'> | undefined =>
  proposedIn(run, proposal)?.answered

/** Who was replaced goes on hearing of it, so that nobody is taken from those who look on by one person's word. */
export function officersEver({ offers, amendments }: Run): string[] {
  const first = offers.flatMap(({ officers }) => officers.map(({ email }) => email))
  const later = amendments.flatMap((each) => (each.of === 'officer' ? [each.answered.answer.joins.email] : []))
  return [...first, ...later].filter((one, index, all) => all.findIndex((other) => sameText(one, other)) === index)
}

/** When everybody was told, by the work itself; undefined: the mail service takes no more within this hour. */
export function* tellProposed(run: Run, proposal: Proposal): Story<string | undefined> {
  const answered = proposedAnswer(run, proposal)
  if (answered === undefined) return undefined
  return yield* tellFirst(run, replacedLetter(run, 'proposed', proposal, answered))
}
