import { atLedger } from './at-ledger.ts'
import type { Pending, Verdict } from '../contracts/ledger.ts'
import type { Task } from '../domain/tasks/task.ts'
import { isOf, taskName } from '../domain/tasks/task.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { note } from './board.ts'
import { act, now, type Story } from './durable.ts'
import type { Question } from './question.ts'
import type { Desk } from './run.ts'
import { whyNot } from './why-not.ts'
import { whyNotTheirs } from './whose.ts'

/** What became of an answer. `why`: it was refused. Neither: a generation before has judged it otherwise, and that stands. */
export interface Judged {
  readonly isTaken: boolean
  readonly why?: string
}

/** `refuse`: of whoever asked, who has heard the `earlier` ones; `of`: what was observed, where it is an override. */
interface Judging {
  readonly refuse?: Question['refuse']
  readonly earlier?: readonly Answer[]
  readonly of?: string | undefined
}

/**
 * The one way for an answer to count: its giver may give it, as the directory has them at this moment (R11), and then whoever
 * asked takes it.
 */
export function* judge(desk: Desk, answer: Answer, { refuse, earlier = [], of }: Judging = {}): Story<Judged> {
  const why = (yield* whyNotTheirs(desk, answer, idOf(answer))) ?? (refuse && (yield* refuse(answer, earlier)))
  if (why === undefined) return { isTaken: yield* taken(desk, answer, of) }
  return (yield* refused(desk, answer, why)) ? { isTaken: false, why } : { isTaken: false }
}

/** It counts without being judged: by whoever asked for it, or because it was written down already what it changed. */
export function* taken(desk: Desk, answer: Answer, of?: string): Story<boolean> {
  const stands = yield* judged(desk, answer, {
    answer: idOf(answer),
    verdict: 'taken',
    ...(of !== undefined && { of })
  })
  const { task, by, at } = answer
  if (stands) note(desk.board, { fact: 'answered', answers: [{ task, by, at }] })
  return stands
}

/** The answer does not count, and its giver is told why. */
export const refused = (desk: Desk, answer: Answer, why: string): Story<boolean> =>
  judged(desk, answer, { answer: idOf(answer), verdict: 'refused', why })

/** Nothing waits for the answer any more, or not in this way. */
export const cameLate = (desk: Desk, { task, ...answer }: Pending): Story<boolean> =>
  judged(desk, answer, { answer: answer.id, verdict: 'late', why: lateFor(desk, task) })

/** Its giver is told by mail; the route that took the answer may have died before it came to that. */
function* judged(desk: Desk, answer: Pick<Answer, 'at'>, verdict: Verdict): Story<boolean> {
  const { context, requestId } = desk
  const stand = yield* atLedger(desk, 'judge', { onboarding: requestId, now: now(context), verdicts: [verdict] })
  yield* whyNot(() => act(context, 'start-minute-mails', { onboarding: requestId, moment: answer.at }))
  desk.pending = desk.pending.filter(({ id }) => id !== verdict.answer)
  return stand.every((each) => each.answer !== verdict.answer || each.verdict === verdict.verdict)
}

function lateFor({ board }: Desk, task: Task): string {
  if (isOf(task, 'cancel', 'halt') && board.state.step === 'hand-off')
    return 'Too late: the hand-off was being written when it was said, and all before it was done.'
  const before = board.state.answers.findLast((each) => taskName(each.task) === taskName(task))
  const what = before === undefined ? 'it is not asked now' : `${before.by} had answered it at ${before.at}`
  return `Too late: ${what}. Look at what is asked now.`
}

/** What was heard came from the ledger, where every answer has an id. */
export function idOf({ id, task }: Pick<Answer, 'id' | 'task'>): string {
  if (id !== undefined) return id
  throw new Error(`An answer to ${taskName(task)} has no id.`)
}
