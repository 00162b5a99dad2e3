import type { Answer } from '../domain/tasks/answers.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { offersNow } from './amendments.ts'
import { noteDone } from './board.ts'
import type { Story } from './durable.ts'
import { questionOf } from './people.ts'
import { judging, type StandingQuestion } from './question.ts'
import { amend, whyTooMany } from './replacements.ts'
import type { Run } from './run.ts'
import { idOf } from './verdicts.ts'

/** Once the offers are recorded, their officers may be replaced (R15). */
export const officersBeside = (run: Run, offers: readonly Offer[]): StandingQuestion => ({
  ...questionOf(run, { kind: 'replace-officer' }, {}),
  hear: judging('replace-officer', (answer) => replaceOfficer(run, offers, answer))
})

function* replaceOfficer(
  run: Run,
  offers: readonly Offer[],
  answered: Answer<'replace-officer'>
): Story<string | undefined> {
  const { by, at, answer: change } = answered
  const named = offersNow(offers, run.amendments).filter(({ officers }) =>
    officers.some(({ email }) => sameText(email, change.leaves))
  )
  if (named.length === 0) return `${change.leaves} is an officer of no offer.`
  const refusal = whyTooMany(run, answered)
  if (refusal !== undefined) return refusal
  yield* amend(run, { of: 'officer', id: idOf(answered), at, answered })
  const which = named.map(({ requestId }) => requestId).join(', ')
  noteDone(run.board, 'Replaced', `officer of ${which}: ${change.joins.email} for ${change.leaves}, by ${by}`, ['R15'])
  return undefined
}
