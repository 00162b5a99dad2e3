import { zip } from '../domain/terms/zip.ts'
import type { BySlot } from '../domain/terms/by-slot.ts'
import { noteDone } from './board.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import { saidMoment } from '../domain/tasks/send.ts'
import { askChapter } from './ask-chapter.ts'
import { actForEach, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { answersTo } from '../domain/tasks/answers.ts'
import { judging } from './question.ts'
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
      refuse: notBefore(now(context))
    }))
  )
  const mailedAt = answersTo(answers, 'send-mail').map(saidMoment).toSorted().at(-1) ?? now(context)
  const people = [...new Set(answers.map(({ by }) => by))].join(' and ')
  noteDone(board, 'Microsoft notified', `${receivers.join(' · ')} · one mail each, sent by ${people}`, ['R22'])
  return { states, offers, mailedAt, answers, evidence: written.mails.map((each) => each.evidence) }
}

/** Compared by the minute, as people say it. */
const notBefore = (writtenAt: string) =>
  judging('send-mail', function* (answer) {
    yield* [] // nothing is waited for
    const sentAt = saidMoment(answer)
    return sentAt.slice(0, 16) < writtenAt.slice(0, 16)
      ? `It cannot have been sent at ${sentAt.slice(0, 16)}Z: it was written at ${writtenAt.slice(0, 16)}Z.`
      : undefined
  })
