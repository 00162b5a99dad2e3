import type { Question, Beside, Answered, Said } from './question.ts'
import type { AnsweredTask } from '../domain/tasks/tasks.ts'
import { cancelled, taskOf } from '../names.ts'
import type { Board } from './board.ts'
import { firstOf, now, type Context, type Raised, type Story } from './durable.ts'

/** Ends an orchestration on a person's word; thrown and caught inside one orchestrator. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
  readonly answered: AnsweredTask

  constructor(answered: AnsweredTask) {
    super(`cancelled by ${answered.by}`)
    this.answered = answered
  }
}

/** Asks all questions at once and waits until each has an answer that stands. Throws `Cancelled`. */
export function* askAll(context: Context, board: Board, questions: readonly Question[]): Story<Answered[]> {
  const open = new Map(questions.map((question) => [board.open(shownPart(question)), question]))
  const answers: Answered[] = []
  while (open.size > 0) {
    const raised = yield* waitFor(context, board, [...open.keys()])
    const question = raised && open.get(raised.event)
    if (!raised || !question) continue
    open.delete(raised.event)
    board.close(question.name)
    const answer = answered(context, question.name, raised)
    const refusal = question.refuse && (yield* question.refuse(answer, answers))
    if (refusal === undefined) answers.push(answer)
    else open.set(board.open({ ...shownPart(question), asks: `${refusal} ${question.asks}` }), question)
  }
  return answers
}

/** Waits for an event or the moment, and beside it for `cancel` and for what stands beside every wait. Throws `Cancelled`. */
export function* waitFor(
  context: Context,
  board: Board,
  events: readonly string[],
  until?: Date
): Story<Raised | undefined> {
  for (;;) {
    const cancel = board.open({ name: 'cancel', for: 'any operator', asks: 'End this onboarding.', optional: true })
    const beside = new Map(board.beside.map((question) => [board.open(shownBeside(board, question)), question]))
    const raised = yield* firstOf(context, [...events, ...beside.keys(), cancel, cancelled], until)
    for (const name of ['cancel', ...board.beside.map((question) => question.name)]) board.close(name)
    const isCancel = raised?.event === cancel || raised?.event === cancelled
    if (!raised) return undefined
    const answer = answered(context, isCancel ? 'cancel' : taskOf(raised.event), raised)
    if (saidByPerson(raised)) board.heard(answer)
    if (isCancel) throw new Cancelled(answer)
    const question = beside.get(raised.event)
    if (!question) return raised
    board.refusals.set(question.name, yield* question.hear(answer))
  }
}

function shownBeside(board: Board, question: Beside): Omit<Question, 'refuse'> {
  const refusal = board.refusals.get(question.name)
  return shownPart(refusal === undefined ? question : { ...question, asks: `${refusal} ${question.asks}` })
}

export function answered(context: Context, task: string, raised: Raised): Answered {
  const { by, answer } = (raised.data ?? {}) as Said // the route validated it before it raised
  return { task, by, at: now(context), answer }
}

/** Waking events carry no person. */
const saidByPerson = ({ data }: Raised): boolean => typeof data === 'object' && data !== null && 'by' in data

const shownPart = ({ name, asks, optional, for: who }: Omit<Question, 'refuse'>): Omit<Question, 'refuse'> => ({
  name,
  for: who,
  asks,
  ...(optional ? { optional } : {})
})
