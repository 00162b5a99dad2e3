import type { AnswerShape } from './define-task.ts'
import { taskKinds } from './task-kinds.ts'

/** Everything that the API takes as an answer, each once: kinds that are answered alike share a component. */
export const answerShapes: readonly Omit<AnswerShape<unknown>, 'example'>[] = Object.values(taskKinds)
  .map(({ answer }) => answer)
  .filter(({ component }, index, all) => all.findIndex((each) => each.component === component) === index)
