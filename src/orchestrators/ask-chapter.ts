import type { StepName } from '../domain/state/chapters.ts'
import type { Story } from './durable.ts'
import type { Run } from './run.ts'
import { note } from './board.ts'
import { askAll } from './people.ts'
import type { Answer } from '../domain/tasks/answers.ts'
import { type Question } from './question.ts'
import { tellOperators } from './tell-operators.ts'

/** A chapter that asks people: by mail first, then on the board. Nothing is open while the mail is on its way. */
export function* askChapter(run: Run, step: StepName, questions: readonly Question[]): Story<Answer[]> {
  yield* tellOperators(run, { kind: 'tasks', step, tasks: questions.map(({ task }) => task) })
  note(run.board, { fact: 'chapter-begun', step, waitingOn: 'people' })
  return yield* askAll(run, questions)
}
