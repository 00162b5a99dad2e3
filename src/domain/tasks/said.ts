import { taskName, type Task, type TaskKind } from './task.ts'

/** An answer, by whom and when: `at` is the orchestrator's time, ISO 8601 UTC; `by` a UPN asserted by the platform. */
export interface Said<K extends TaskKind, A> {
  readonly task: Task<K>
  readonly by: string
  readonly at: string
  readonly answer: A
}

/** The same in a document for readers, the task by its name. */
export interface SaidLine {
  readonly task: string
  readonly by: string
  readonly at: string
}

/** Who said it and when, for a document. */
export const lineOf = ({
  task,
  by,
  at
}: {
  readonly task: Task
  readonly by: string
  readonly at: string
}): SaidLine => ({
  task: taskName(task),
  by,
  at
})

/** A person's word that a slot's backups are kept away from any network (R45). */
export interface OfflineCopyLine extends SaidLine {
  readonly location: string
}

/** Who took whose place, and why. */
export interface ReplacedPerson extends SaidLine {
  readonly leaves: string
  readonly joins: string
  readonly reason: string
}

/** One line among the people of a hand-off, in the list where it stands. */
export type HandOffEntry =
  | { readonly list: 'approvals' | 'vaultTasks'; readonly line: SaidLine }
  | { readonly list: 'offlineCopies'; readonly line: OfflineCopyLine }
  | { readonly list: 'replacements'; readonly line: ReplacedPerson }
