import { bothSlots } from '../domain/terms/by-slot.ts'
import { isAnswerTo, type Answer, type AnswerTo } from '../domain/tasks/answers.ts'
import { note, noteDone } from './board.ts'
import { Cancelled } from './cancelled.ts'
import { later, type Story } from './durable.ts'
import { askAll, hear, questionOf, waitFor } from './people.ts'
import type { StandingQuestion } from './question.ts'
import type { Run } from './run.ts'
import { wakeBranches } from './wake.ts'

/** What is open from the start of an onboarding to its end: to end it, and to have it change nothing more for now. */
export const endsBeside = (run: Run): StandingQuestion[] => [
  { ...questionOf(run, { kind: 'cancel' }, {}), hear: decided(), then: ends },
  {
    ...questionOf(run, { kind: 'halt' }, {}),
    hear: decided(() => run.board.state.halted && `It is halted already, by ${run.board.state.halted.by}.`),
    then: (answer) => (isAnswerTo(answer, 'halt') ? halted(run, answer) : nothing())
  }
]

/** Judged without a look at anything: why it is refused. */
const decided = (why: () => string | undefined = () => undefined) =>
  function* (): Story<string | undefined> {
    yield* nothing()
    return why()
  }

function* ends(answer: Answer): Story<void> {
  yield* nothing()
  throw new Cancelled(answer)
}

function* nothing(): Story<void> {
  yield* [] // nothing is waited for
}

/** Nothing more is changed in Azure until one person of each slot has said `go on`: so it is in later generations, too. */
export function* halted(run: Run, { task, by, at, answer }: AnswerTo<'halt'>): Story<void> {
  const { board } = run
  note(board, { fact: 'halted', by: { task, by, at } })
  noteDone(board, 'Halted', `by ${by}: ${answer.reason}`, [])
  const lifted = yield* askAll(
    run,
    bothSlots.map((slot) => ({
      ...questionOf(run, { kind: 'go-on', slot }, {}),
      refuse: bySomebodyElse
    }))
  )
  note(board, { fact: 'went-on' })
  noteDone(board, 'Went on', `by ${lifted.map((each) => each.by).join(' and ')}`, [])
  yield* wakeBranches(run)
}

function* bySomebodyElse({ by, person }: Answer, earlier: readonly Answer[]): Story<string | undefined> {
  yield* nothing()
  return earlier.some((each) => each.person.oid === person.oid)
    ? `${by} said so for the other slot; R11 asks for two people.`
    : undefined
}

/** An onboarding whose work is held back hears why: of an end, or of a halt, which it then sits out. */
export function* heldBack(run: Run): Story<void> {
  yield* hear(run)
  yield* waitFor(run, [], later(run.context, 60))
}
