import { nameOfEvent } from '../domain/state/event-name.ts'
import { askedOf, kindOf, type AboutOf } from '../domain/tasks/task-kinds.ts'
import { taskName, taskNamed, type Task, type TaskKind } from '../domain/tasks/task.ts'
import type { AnsweredTask } from '../domain/tasks/said.ts'
import { cancelled } from '../names.ts'
import { note, open } from './board.ts'
import { firstOf, now, type RaisedEvent, type Story } from './durable.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import type { Question, RaisedAnswer } from './question.ts'
import type { Desk } from './run.ts'

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
export function* askAll(desk: Desk, questions: readonly Question[]): Story<Answer[]> {
  const { board } = desk
  const awaited = new Map(questions.map((question) => [open(board, shownPart(question)), question]))
  const answers: Answer[] = []
  while (awaited.size > 0) {
    const raised = yield* waitFor(desk, [...awaited.keys()])
    const question = raised && awaited.get(raised.event)
    if (!raised || !question) continue
    awaited.delete(raised.event)
    note(board, { fact: 'closed', tasks: [question.task] })
    const answer = answered(desk, question.task, raised)
    const refusal = question.refuse && (yield* question.refuse(answer, answers))
    if (refusal === undefined) answers.push(answer)
    else awaited.set(open(board, { ...shownPart(question), asks: `${refusal} ${question.asks}` }), question)
  }
  return answers
}

/** A question of this task, in the words of its kind. */
export function questionOf<K extends TaskKind>(
  { plan }: Pick<Desk, 'plan'>,
  task: Task<K>,
  about: AboutOf<K>
): Question {
  const { whom, optional } = kindOf(task)
  const texts = { for: whom.reads(task, plan), asks: askedOf(task, about) }
  // A task of one kind is a task, which TypeScript cannot see while the kind is open.
  return { task: task as Task, ...texts, ...(optional && { optional }) }
}

/** Waits for an event or the moment, and beside it for `cancel` and for what stands beside every wait. Throws `Cancelled`. */
export function* waitFor(desk: Desk, events: readonly string[], until?: Date): Story<RaisedEvent | undefined> {
  const { board, context } = desk
  for (;;) {
    const cancel = questionOf(desk, { kind: 'cancel' }, {})
    const cancelling = open(board, shownPart(cancel))
    const beside = new Map(
      desk.beside.map((question) => [open(board, shownPart(afterRefusal(desk, question))), question])
    )
    const raised = yield* firstOf(context, [...events, ...beside.keys(), cancelling, cancelled], until)
    note(board, { fact: 'closed', tasks: [cancel, ...desk.beside].map(({ task }) => task) })
    if (!raised) return undefined
    const isCancel = raised.event === cancelling || raised.event === cancelled
    const task = isCancel ? cancel.task : taskNamed(nameOfEvent(raised.event))
    if (task && isByPerson(raised)) keepAnswer(desk, task, raised)
    if (isCancel) throw new Cancelled(answered(desk, cancel.task, raised))
    const question = beside.get(raised.event)
    if (!question) return raised
    const refusal = yield* question.hear(answered(desk, question.task, raised))
    note(board, { fact: 'judged', task: question.task, refusal })
  }
}

/** Why the last answer was not taken stands before what is asked. */
export function afterRefusal<Q extends ShownQuestion>({ board }: Desk, question: Q): Q {
  const refusal = board.state.refusals[taskName(question.task)]
  return refusal === undefined ? question : { ...question, asks: `${refusal} ${question.asks}` }
}

/** An answer to a task, dated now. */
export function answered<K extends TaskKind>(
  { context }: Pick<Desk, 'context'>,
  task: Task<K>,
  { data }: RaisedEvent
): Answer<K> {
  const { by, answer, id } = (data ?? {}) as RaisedAnswer
  // What the route raised, it read by the schema of this task.
  return { task, by, at: now(context), answer, ...(id !== undefined && { id }) } as Answer<K>
}

/** Waking events carry no person. */
const isByPerson = ({ data }: RaisedEvent): boolean => typeof data === 'object' && data !== null && 'by' in data

/** Who answered what, for whoever looks. */
function keepAnswer({ board, context }: Desk, task: Task, { data }: RaisedEvent): void {
  const { by } = data as RaisedAnswer // the route validated it before it raised
  note(board, { fact: 'answered', answers: [{ task, by, at: now(context) }] })
}

type ShownQuestion = Omit<Question, 'refuse'>

export const shownPart = ({ task, asks, optional, for: who }: ShownQuestion): ShownQuestion => ({
  task,
  for: who,
  asks,
  ...(optional ? { optional } : {})
})
