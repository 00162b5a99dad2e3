import { noteDone } from './board.ts'
import { offerOf, taskNames } from '../domain/tasks/tasks.ts'
import type { Offer } from '../domain/terms/offer.ts'
import { whyNotItsOwn } from '../domain/tasks/task-rules.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import { planWorkloads } from '../domain/plan/plan-workloads.ts'
import { questionOf } from './people.ts'
import { askChapter } from './ask-chapter.ts'
import type { Story } from './durable.ts'
import type { Run } from './run.ts'
import type { Answer } from './question.ts'

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
  const submitted = wanted.flatMap((workload) =>
    answers
      .filter((answer) => answer.task === taskNames.offer(workload))
      .map((answer) => ({ ...offerOf(workload, answer), answered: answer }))
  )
  noteDone(board, 'Offers', `${submitted.map((offer) => offer.requestId).join(', ')} · officers recorded`, [
    'R13',
    'R14',
    'R15',
    'R16'
  ])
  return submitted
}

/** Decided here, where answers come one after the other: two may have been given at the same time. */
function* notItsOwn(answer: Answer, earlier: readonly Answer[]): Story<string | undefined> {
  const requestOf = (each: Answer) => offerOf(workloadOf(each), each).requestId
  return whyNotItsOwn(
    requestOf(answer),
    earlier.map((each) => ({ workload: workloadOf(each), requestId: requestOf(each) }))
  )
}

const workloadOf = ({ task }: Answer): Workload => task.slice('offer-'.length) as Workload // whose tasks they are
