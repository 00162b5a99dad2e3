import type { Answer } from '../tasks/answers.ts'
import { kindOf } from '../tasks/task-kinds.ts'
import { taskNamed, type Task, type TaskKind } from '../tasks/task.ts'
import { faultsOf, faultWords } from '../terms/fault.ts'
import type { Entry } from './entry.ts'

/** An answer that has no verdict yet. `at`: the moment of its entry. */
export type Pending = Answer & {
  readonly id: string
  /** Of the asking that its giver saw. */
  readonly serial?: number
  readonly generation?: number
}

/** What somebody said, as the document has it that can be erased. */
export interface Words {
  readonly by: string
  readonly answer?: unknown
}

/** An answer as the story hears it, or why it cannot be heard: a release before or after this one may take other answers. */
export function heardAnswer({ moment, said }: Entry<'answer'>, words: Words | undefined): Pending | UnheardAnswer {
  const task = taskNamed(said.task)
  if (task === undefined) return { unheard: `This version of the app asks nothing by the name of ${said.task}.` }
  if (words === undefined) return { unheard: 'What was said was erased before it was heard. Answer again.' }
  const { id, by: person, serial, generation } = said
  const seen = { ...(serial !== undefined && { serial }), ...(generation !== undefined && { generation }) }
  return parsed(task, { id, person, by: words.by, at: moment, ...seen }, words.answer)
}

export interface UnheardAnswer {
  readonly unheard: string
}

function parsed<K extends TaskKind>(task: Task<K>, about: Omit<Pending, 'task' | 'answer'>, body: unknown) {
  const { data, error, success } = kindOf(task).answer.schema.safeParse(body ?? {}, { error: faultWords })
  // A task of one kind with an answer of that kind is an answer, which TypeScript cannot see while the kind is open.
  if (success) return { ...about, task, answer: data } as Pending
  const [fault] = faultsOf(error)
  return { unheard: `${fault?.path ?? ''} ${fault?.message ?? 'It does not fit.'}`.trim() }
}
