import { formatMoment } from '../calendar/business-calendar.ts'
import { takeoverText } from '../ledger/takeover-texts.ts'
import { taskNamed } from '../tasks/task.ts'
import { countOf } from '../terms/words.ts'
import type { Block } from './mail-body.ts'
import type { ConfirmedAnswer, Takeover } from './minute-mails.ts'
import { titleOf, toOperators, where, written, type About, type OperatorEmail } from './operator-email.ts'
import type { ConfirmationLetter, TakenOverLetter, VerdictLetter } from './operator-letters.ts'

/** To one person: what the app took down as said by them. */
export const confirmationEmail = (
  about: About,
  { giver, said, minute }: Omit<ConfirmationLetter, 'kind'>,
  to: readonly string[]
): OperatorEmail =>
  toGiver(about, to, {
    subject: `what you said to the onboarding ${about.plan.id} (${at(`${minute}Z`, about)})`,
    blocks: [
      `This was said to the onboarding ${about.plan.id} with the sign-in of ${giver.upn}. Times are those of ${about.sla.zone}.`,
      { list: said.map((each) => line(each, about)) },
      ...(said.some(({ verdict }) => verdict === undefined)
        ? ['What is not judged yet was taken down and is judged next; you get another mail if it is not taken.']
        : [])
    ]
  })

/** To one person: an answer of theirs was not taken, which the mail before could not say yet. */
export const verdictEmail = (
  about: About,
  { giver, said }: Omit<VerdictLetter, 'kind'>,
  to: readonly string[]
): OperatorEmail =>
  toGiver(about, to, {
    subject: `not taken: what you said to the onboarding ${about.plan.id} (${at(said[0].at, about)})`,
    blocks: [
      `This was said to the onboarding ${about.plan.id} with the sign-in of ${giver.upn}, and does not count. Times are those of ` +
        `${about.sla.zone}.`,
      { list: said.map((each) => line(each, about)) },
      'What to do: open the page, read what is asked now, and answer that.'
    ]
  })

/** Such mails quote nothing of what was written: somebody else may have been at the keyboard. */
function toGiver(
  about: About,
  to: readonly string[],
  { subject, blocks }: { readonly subject: string; readonly blocks: readonly Block[] }
): OperatorEmail {
  const { id } = about.plan
  const others =
    `If it was not you: tell the other operators at once. Any of them can stop it (ckey halt ${id}) or end it (ckey cancel ${id}); ` +
    'nothing that exists is lost by that. Then have your administrator end your sessions and reset your sign-in.'
  return { ...written(about, subject, [...blocks, others, where(about, '', `ckey status ${id}`)]), to }
}

function line({ task, at: saidAt, verdict, why = '' }: ConfirmedAnswer, about: About): string {
  const known = taskNamed(task)
  const what = `${known === undefined ? task : titleOf(known)} (${at(saidAt, about)})`
  return `${what}: ${[verdict === undefined ? 'not judged yet' : verdicts[verdict], why].join(' ').trim()}`
}

const verdicts = { taken: 'taken', refused: 'not taken.', late: 'came too late.' } as const

/** To operators: what was taken over, and that nothing is lost by it. */
export const takenOverEmail = (about: About, { minute, takeovers }: Omit<TakenOverLetter, 'kind'>): OperatorEmail =>
  toOperators(about, `${countOf(takeovers.length, 'part')} of the onboarding taken over (${at(`${minute}Z`, about)})`, [
    'What carried these parts of the onboarding stopped, and something new goes on in its place. Times are those of ' +
      `${about.sla.zone}.`,
    { list: takeovers.map((each) => takeoverLine(each, about)) },
    'Nothing is lost by that: what was said, decided and done stands in the ledger, and it goes on from there. Nobody is asked ' +
      'again for what was taken, and nothing is done twice.',
    'What to do: nothing now. If it comes again, look at the app’s memory and at what its log says of workers that end; after ' +
      'three in an hour it stops and asks a person.',
    where(about, '', `ckey status ${about.plan.id}`)
  ])

function takeoverLine({ at: when, why, branch }: Takeover, about: About): string {
  const what =
    branch === undefined ? 'The onboarding itself' : `The vault of ${branch.policy} in slot ${String(branch.slot)}`
  return `${what}: taken over ${at(when, about)}, because ${takeoverText(why)}`
}

const at = (moment: string, { sla }: About): string => formatMoment(moment, sla.zone)
