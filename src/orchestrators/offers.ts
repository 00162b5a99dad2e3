import { noteDone } from './board.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { offerOf, whyNotItsOwn } from '../domain/tasks/offer.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import { questionOf } from './people.ts'
import { askChapter } from './ask-chapter.ts'
import type { Story } from './durable.ts'
import type { Run } from './run.ts'
import { answersTo, type Answer } from '../domain/tasks/answers.ts'
import { judgingAtOnce } from './question.ts'

export interface SubmittedOffer extends Offer {
  readonly answered: Answer
}

/** One FastTrack offer per workload, submitted by a person; no API exists (R13–R16). */
export function* offers(run: Run): Story<SubmittedOffer[]> {
  const { board, plan } = run
  const wanted = planWorkloads(plan)
  const answers = yield* askChapter(
    run,
    'offers',
    wanted.map((workload) => ({ ...questionOf(run, { kind: 'offer', workload }, {}), refuse: notItsOwn }))
  )
  const recorded = answersTo(answers, 'offer').map((answer) => ({ ...offerOf(answer), answered: answer }))
  const submitted = wanted.flatMap((workload) => recorded.filter((offer) => offer.workload === workload))
  noteDone(board, 'Offers', `${submitted.map((offer) => offer.requestId).join(', ')} · officers recorded`, [
    'R13',
    'R14',
    'R15',
    'R16'
  ])
  return submitted
}

/** Decided here, where answers come one after the other: two may have been given at the same time. */
const notItsOwn = judgingAtOnce('offer', whyNotItsOwn)
