import { atLedger } from './at-ledger.ts'
import type { Heard, Pending } from '../contracts/ledger.ts'
import type { OpenTask } from '../domain/state/state.ts'
import { asksForTakeover } from '../domain/ledger/takeover-tasks.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { askedOf, kindOf, type AboutOf } from '../domain/tasks/task-kinds.ts'
import { isOf, sameTask, taskName, type Task, type TaskKind } from '../domain/tasks/task.ts'
import { note, open, type Board } from './board.ts'
import { Cancelled } from './cancelled.ts'
import { later, now, sleepUntilLook, type Story } from './durable.ts'
import { heedAmendments } from './amendments.ts'
import { noteFailedMails } from './failed-mails.ts'
import type { Question, StandingQuestion } from './question.ts'
import type { Desk } from './run.ts'
import { cameLate, judge, refused } from './verdicts.ts'

/** Asks all questions at once and waits until each has an answer that stands. Throws `Cancelled`. */
export function* askAll(desk: Desk, questions: readonly Question[]): Story<Answer[]> {
  const { board } = desk
  const answers = questions.flatMap(({ task }) => takeCarried(desk, task))
  const awaited = questions.filter(({ task }) => !answers.some((each) => sameTask(each.task, task)))
  for (const question of awaited) open(board, shownPart(question))
  while (awaited.length > 0) {
    const answer = yield* waitFor(
      desk,
      awaited.map(({ task }) => task)
    )
    const question = awaited.find(({ task }) => answer && sameTask(task, answer.task))
    if (!answer || !question) continue
    const { isTaken, why } = yield* judge(desk, answer, { refuse: question.refuse, earlier: answers })
    note(board, { fact: 'closed', tasks: [question.task] }, { fact: 'judged', task: question.task, refusal: why })
    if (isTaken) {
      answers.push(answer)
      awaited.splice(awaited.indexOf(question), 1)
    } else open(board, shownPart(afterRefusal(desk, question)))
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

/**
 * Waits for an answer to one of these tasks, or until the moment; whoever gets it judges it. Beside it hears what
 * stands beside every wait. Throws `Cancelled`.
 */
export function* waitFor(desk: Desk, tasks: readonly Task[], until?: Date): Story<Answer | undefined> {
  for (;;) {
    const word = yield* waitForWord(desk, tasks, until)
    if (word !== 'look') return word
  }
}

/** The same, and ends with `look` where somebody said to look and it was for no answer. */
export function* waitForWord(desk: Desk, tasks: readonly Task[], until?: Date): Story<Answer | 'look' | undefined> {
  const { board, context } = desk
  const early = yield* heardAlready(desk, tasks)
  if (early) return early
  for (let quietHours = 1; ; quietHours = Math.min(2 * quietHours, mostQuietHours)) {
    const attended = yield* desk.attends()
    const next = earliest(later(context, quietHours * 3600), until, attended)
    note(board, { fact: 'looks-next', at: next.toISOString(), idle: until === undefined && attended === undefined })
    const wasSaid = yield* sleepUntilLook(context, next)
    note(board, { fact: 'looks-next', at: undefined })
    if (!wasSaid && next === until) return undefined
    yield* hear(desk)
    const answer = yield* heardAlready(desk, tasks)
    if (answer) return answer
    if (wasSaid) return 'look'
  }
}

/** An event may be lost, so a sleeper looks by itself too, ever more seldom: its history is bounded however long it sleeps. */
const mostQuietHours = 96

const earliest = (first: Date, ...others: readonly (Date | undefined)[]): Date =>
  others.reduce<Date>((soonest, each) => (each !== undefined && each < soonest ? each : soonest), first)

/** Reads what was said since, and who acts now. Throws `Cancelled` in a branch of an onboarding that ends. */
export function* hear(desk: Desk): Story<void> {
  const standing = yield* listen(desk)
  const hearsCancel = desk.beside.some(({ task }) => task.kind === 'cancel')
  if (standing?.kind === 'cancel' && !hearsCancel) throw new Cancelled() // the onboarding hears it itself
}

/** The same, whatever stands against going on: for who ends anyway. */
export function* listen(desk: Desk): Story<Heard['standing']> {
  const { context, requestId, toldMails } = desk
  const heard = yield* atLedger(desk, 'hear', { onboarding: requestId, now: now(context), told: [...toldMails] })
  desk.pending = heard.answers
  if (heedAmendments(desk, heard.amendments)) restand(desk)
  noteFailedMails(desk, heard.failedMails)
  return heard.standing
}

/**
 * The first of what was heard already that answers one of these tasks; what else was heard is judged, or left to who waits
 * for it.
 */
export function* heardAlready(desk: Desk, tasks: readonly Task[]): Story<Answer | undefined> {
  const left = new Set<string>()
  for (;;) {
    const next = desk.pending.find(({ id }) => !left.has(id))
    if (next === undefined) return undefined
    const beside = desk.beside.find(({ task }) => sameTask(task, next.task))
    const asking = openFor(desk, next)
    if (beside) yield* hearBeside(desk, beside, next)
    else if (asking && tasks.some((task) => sameTask(task, next.task))) return next
    else if (asking || mayBeAskedAgain(desk, next)) left.add(next.id)
    else if (asksForTakeover(next.task)) yield* heardWhileCarried(desk, next)
    else yield* cameLate(desk, next)
  }
}

/** The asking that it answers: the one its giver saw, or what a new generation asks in its place. */
function openFor({ board, author }: Desk, { task, serial, generation }: Pending): OpenTask | undefined {
  const asking = board.state.tasks.find((each) => sameTask(each.task, task))
  if (generation === undefined || serial === undefined) return asking
  if (generation === author.generation) return asking?.serial === serial || wasRefused(board, task) ? asking : undefined
  return isOf(task, 'retry', 'mend') ? undefined : asking
}

/** Asked again because an answer was refused: one that was on its way then answers this asking, too. */
const wasRefused = ({ state }: Board, task: Task): boolean =>
  !isOf(task, 'retry', 'mend') && state.refusals[taskName(task)] !== undefined

/** A new generation has not come yet to what the one before asked. */
const mayBeAskedAgain = ({ author }: Desk, { task, generation = author.generation }: Pending): boolean =>
  generation < author.generation && !isOf(task, 'retry', 'mend')

/** Whoever hears this is there; where it makes vaults, it may have been said of one of them, which the watch then takes over. */
function* heardWhileCarried(desk: Desk, answer: Answer): Story<void> {
  if (desk.board.state.step === 'vaults-and-keys') yield* judge(desk, answer)
  else yield* refused(desk, answer, 'An instance carries it: there is nothing to take over.')
}

function* hearBeside(desk: Desk, question: StandingQuestion, answer: Answer): Story<void> {
  const { board } = desk
  const { isTaken, why } = yield* judge(desk, answer, { refuse: question.hear })
  note(board, { fact: 'closed', tasks: [question.task] }, { fact: 'judged', task: question.task, refusal: why })
  if (desk.beside.some(({ task }) => sameTask(task, question.task)))
    open(board, shownPart(afterRefusal(desk, question)))
  if (isTaken) yield* question.then?.(answer) ?? []
}

/** From now on these stand beside every wait, and while the orchestration works. */
export function standBeside(desk: Desk, asks: Desk['asksBeside']): void {
  desk.asksBeside = asks
  restand(desk)
}

/** Asks what is to be asked beside every wait now; what is asked already stays as it is. */
export function restand(desk: Desk): void {
  const before = desk.beside
  desk.beside = desk.asksBeside()
  const over = before.filter(({ task }) => !desk.beside.some((each) => sameTask(each.task, task)))
  if (over.length > 0) note(desk.board, { fact: 'closed', tasks: over.map(({ task }) => task) })
  for (const question of desk.beside)
    if (!before.some(({ task }) => sameTask(task, question.task)))
      open(desk.board, shownPart(afterRefusal(desk, question)))
}

/** Why the last answer was not taken stands before what is asked. */
export function afterRefusal<Q extends ShownQuestion>({ board }: Desk, question: Q): Q {
  const refusal = board.state.refusals[taskName(question.task)]
  return refusal === undefined ? question : { ...question, asks: `${refusal} ${question.asks}` }
}

/** What a generation before has taken as the answer to this task; it is taken once. */
export function takeCarried(desk: Desk, task: Task): Answer[] {
  const carried = desk.carried.filter((each) => sameTask(each.task, task)).slice(0, 1)
  desk.carried = desk.carried.filter((each) => !carried.includes(each))
  return carried
}

type ShownQuestion = Omit<Question, 'refuse'>

export const shownPart = ({ task, asks, optional, for: who }: ShownQuestion): ShownQuestion => ({
  task,
  for: who,
  asks,
  ...(optional ? { optional } : {})
})
