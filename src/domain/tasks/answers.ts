import type { Plan } from '../plan/plan.ts'
import { faultsOf, faultWords, type Fault } from '../terms/fault.ts'
import type { HandOffLines, TaskAnswer } from './said.ts'
import type { Task, TaskKind } from './task.ts'
import { kindOf, type AnswerOf } from './task-kinds.ts'

/** An answer to a task, by whom and when; `Answer<'approve'>` is one to a task of that kind. */
export type Answer<K extends TaskKind = TaskKind> = { [P in K]: TaskAnswer<P, AnswerOf<P>> }[K]

/** The same, picked from all answers there may be, as TypeScript can follow while the kind is open. */
export type AnswerTo<K extends TaskKind> = Extract<Answer, { readonly task: { readonly kind: K } }>

/** Whether an answer is one to a task of this kind: it then says what such an answer says. */
export const isAnswerTo = <K extends TaskKind>(answer: Answer, kind: K): answer is AnswerTo<K> =>
  answer.task.kind === kind

/** Those among answers that are to tasks of this kind. */
export const answersTo = <K extends TaskKind>(answers: readonly Answer[], kind: K): AnswerTo<K>[] =>
  answers.filter((answer) => isAnswerTo(answer, kind))

/** What of an answer stands among the people of a hand-off; nothing where other parts of it tell. */
export const handOffLinesOf = <K extends TaskKind>(answer: TaskAnswer<K, AnswerOf<K>>): HandOffLines =>
  kindOf(answer.task).reads.handOff(answer) ?? {}

/** What a person says to a task. A missing body counts as `{}`: `retry` has nothing to say. Throws where it does not fit. */
export const parseAnswer = <K extends TaskKind>(task: Task<K>, body: unknown): AnswerOf<K> =>
  kindOf(task).answer.schema.parse(body ?? {})

/** An answer with all that is wrong with it: by itself first, since the rules of its kind look into it. */
export function readAnswer<K extends TaskKind>(
  task: Task<K>,
  body: unknown,
  plan: Pick<Plan, 'slots' | 'digest'>
): ReadAnswer<AnswerOf<K>> {
  const kind = kindOf(task)
  const parsed = kind.answer.schema.safeParse(body ?? {}, { error: faultWords })
  if (!parsed.success) return { faults: faultsOf(parsed.error) }
  const faults = kind.faults(task, parsed.data, plan)
  return faults.length > 0 ? { faults } : { answer: parsed.data }
}

export type ReadAnswer<A> =
  | { readonly answer: A; readonly faults?: never }
  | { readonly faults: readonly Fault[]; readonly answer?: never }

/** Why somebody said it; undefined where the answer gives no reason, or is none. */
export function reasonOf<K extends TaskKind>(task: Task<K>, body: unknown): string | undefined {
  const { answer, reads } = kindOf(task)
  const parsed = answer.schema.safeParse(body ?? {})
  return parsed.success ? reads.reason(parsed.data) : undefined
}
