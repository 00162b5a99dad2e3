import type { Answer } from '../domain/tasks/answers.ts'
import { whyNoOfficer } from '../domain/ledger/too-many.ts'
import type { OfficerLetter } from '../domain/mails/operator-letters.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { offersNow } from './amendments.ts'
import { noteDone } from './board.ts'
import type { Story } from './durable.ts'
import { questionOf } from './people.ts'
import { judging, type StandingQuestion } from './question.ts'
import { officersEver } from './replacement-letters.ts'
import { amend } from './replacements.ts'
import type { Run } from './run.ts'
import { tellOperators, tellFirst } from './tell-operators.ts'
import { idOf } from './verdicts.ts'
import { whyNot } from './why-not.ts'

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
  const refusal = whyNoOfficer(run.amendments, answered)
  if (refusal !== undefined) return refusal
  const letter = officerLetter(run, answered)
  const untold = yield* whyUntold(run, letter)
  if (untold !== undefined) return untold
  yield* amend(run, { of: 'officer', id: idOf(answered), at, answered })
  const which = named.map(({ requestId }) => requestId).join(', ')
  noteDone(run.board, 'Replaced', `officer of ${which}: ${change.joins.email} for ${change.leaves}, by ${by}`, ['R15'])
  yield* tellOperators(run, { ...letter, stage: 'stands' })
  return undefined
}

function officerLetter(run: Run, answered: Answer<'replace-officer'>): OfficerLetter {
  const { leaves, joins, reason } = answered.answer
  const about = { id: idOf(answered), leaves, joins: joins.email, by: answered.by, reason }
  return { kind: 'officer-replaced', stage: 'announced', earlier: officersEver(run), ...about }
}

/** It stands only once those who were there before are told, so that nobody is replaced in silence. */
function* whyUntold(run: Run, letter: OfficerLetter): Story<string | undefined> {
  const nothing = `Nothing was changed: whoever is an officer now could not be told of it first`
  let sentAt: string | undefined
  const why = yield* whyNot(function* () {
    sentAt = yield* tellFirst(run, letter)
  })
  if (why !== undefined) return `${nothing} (${why}). Answer again.`
  return sentAt === undefined
    ? `${nothing}, as the mail service takes no more within this hour. Answer again in an hour.`
    : undefined
}
