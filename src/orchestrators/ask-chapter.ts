import type { StepName } from '../domain/progress.ts'
import type { Story } from './durable.ts'
import type { Run } from './onboarding.ts'
import { askAll, type Answered, type Question } from './people.ts'
import { tellOperators } from './tell-operators.ts'

/** A chapter that asks people: by mail first, then on the board. Nothing is open while the mail is on its way. */
export function* askChapter(run: Run, step: StepName, questions: readonly Question[]): Story<Answered[]> {
  yield* tellOperators(run, { kind: 'tasks', step, tasks: questions.map(({ name }) => name) })
  run.board.update({ step, waitingOn: 'people' })
  return yield* askAll(run.context, run.board, questions)
}
