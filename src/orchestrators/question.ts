import { answersTo, isAnswerTo, type Answer, type AnswerTo } from '../domain/tasks/answers.ts'
import type { Task, TaskKind } from '../domain/tasks/task.ts'
import type { Story } from './durable.ts'

export interface Question {
  readonly task: Task
  /** Who may answer, for a reader. */
  readonly for: string
  /** One sentence: what to do. */
  readonly asks: string
  readonly optional?: boolean
  /** Why this answer cannot be taken; the question is then asked again. */
  readonly refuse?: (answer: Answer, earlier: readonly Answer[]) => Story<string | undefined>
}

/** A question beside every wait, that nothing waits for: heard whenever it is answered, and then the wait goes on. */
export interface StandingQuestion extends Omit<Question, 'refuse'> {
  /** Returns why the answer cannot be taken; that is shown where the question stands next. */
  readonly hear: (answer: Answer) => Story<string | undefined>
  /** What becomes of it, once it is taken. */
  readonly then?: (answer: Answer) => Story<void>
}

/** What a question of this kind makes of its answers. */
export const judging = <K extends TaskKind>(
  kind: K,
  judge: (answer: AnswerTo<K>, earlier: readonly AnswerTo<K>[]) => Story<string | undefined>
) =>
  function* (answer: Answer, earlier: readonly Answer[] = []): Story<string | undefined> {
    return isAnswerTo(answer, kind) ? yield* judge(answer, answersTo(earlier, kind)) : undefined
  }

/** The same where nothing is waited for. */
export const judgingAtOnce = <K extends TaskKind>(
  kind: K,
  judge: (answer: AnswerTo<K>, earlier: readonly AnswerTo<K>[]) => string | undefined
) =>
  judging(kind, function* (answer, earlier) {
    yield* []
    return judge(answer, earlier)
  })

/** Of a desk that waits for what people say, and for nothing beside. */
export function* nothingElse(): Story<undefined> {
  yield* []
  return undefined
}
