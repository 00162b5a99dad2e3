import { taskNamed } from '../tasks/task.ts'
import { kindOf, type TaskKindOf } from '../tasks/task-kinds.ts'
import type { OnboardingDocument } from './documents.ts'

/** A task as a document shows it. The app that wrote it may be newer, and name a kind that is not known here. */
export type ShownTask = OnboardingDocument['tasks'][number]

type TaskMention = Pick<ShownTask, 'name'>

/** Where readers find it: for itself, with the finding it is about, or folded, beside every wait. */
export function standsOf({ name }: TaskMention): TaskKindOf['stands'] {
  const task = taskNamed(name)
  return task ? kindOf(task).stands : 'alone'
}

export function titleOf({ name }: TaskMention): string {
  const task = taskNamed(name)
  return task ? kindOf(task).form.title(task) : name
}

/** What to do, step by step; most tasks are one sentence. */
export function stepsOf({ name }: TaskMention): readonly string[] {
  const task = taskNamed(name)
  return task ? kindOf(task).steps(task) : []
}

/** Whether an answer cannot be made good. */
export function warnsOf({ name }: TaskMention): boolean {
  const task = taskNamed(name)
  return task !== undefined && kindOf(task).form.warns
}

/** What its answer asks for. */
export function fieldsOf({ name }: TaskMention): TaskKindOf['form']['fields'] {
  const task = taskNamed(name)
  return task ? kindOf(task).form.fields : []
}
