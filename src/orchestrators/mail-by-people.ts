import { zip } from '../domain/terms/zip.ts'
import type { BySlot } from '../domain/terms/by-slot.ts'
import { noteDone } from './board.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import { saidMoment } from '../domain/tasks/said-moment.ts'
import { sentAfter } from './not-then.ts'
import { askChapter } from './ask-chapter.ts'
import { actForEach, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { answersTo } from '../domain/tasks/answers.ts'
import { aliasMail, type MailsToMicrosoft } from './mails-to-microsoft.ts'
import { questionOf } from './people.ts'
import { untilHeld, type About } from './until-held.ts'

export const mailAbout: About = { code: 'mail', requirement: 'R22', resource: 'the alias mails' }

/** The app writes the mails and holds them to the same rules; people send them and say when (R21–R24). */
export function* peopleTellMicrosoft(
  run: Run,
  offers: readonly Offer[],
  states: BySlot<string>
): Story<MailsToMicrosoft> {
  const { context, board, plan, requestId } = run
  const workloads = planWorkloads(plan)
  const written = yield* untilHeld(run, mailAbout, function* () {
    const mails = yield* actForEach(
      context,
      'write-alias-mail',
      workloads.map((workload) => aliasMail(run, workload, { offers, states }))
    )
    return { mails, findings: mails.flatMap((each) => each.findings) }
  })
  const receivers = written.mails.map(({ to }) => to)
  noteDone(board, 'Mails written', `${receivers.join(' · ')} · for people to send`, ['R21', 'R23', 'R24'])
  const answers = yield* askChapter(
    run,
    'registration',
    zip(workloads, receivers).map(([workload, to]) => ({
      ...questionOf(run, { kind: 'send-mail', workload }, { onboarding: requestId, to }),
      refuse: sentAfter('send-mail', now(context))
    }))
  )
  const sentAt = answersTo(answers, 'send-mail').map(saidMoment).toSorted()
  const [firstMailAt = now(context)] = sentAt
  const mailedAt = sentAt.at(-1) ?? firstMailAt
  const people = [...new Set(answers.map(({ by }) => by))].join(' and ')
  noteDone(board, 'Microsoft notified', `${receivers.join(' · ')} · one mail each, sent by ${people}`, ['R22'])
  return { states, offers, firstMailAt, mailedAt, answers, evidence: written.mails.map((each) => each.evidence) }
}
