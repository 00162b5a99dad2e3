import type { Person } from '../people/person.ts'
import { taskName, type Task, type TaskKind } from './task.ts'

/** A task that has its answer. */
export interface AnsweredTask {
  readonly task: Task
  /** Name of the sign-in, for readers: nothing is decided by it. */
  readonly by: string
  /** The orchestrator's time, ISO 8601 UTC. */
  readonly at: string
}

/** The same of one kind, with what was said. */
export interface TaskAnswer<K extends TaskKind, A> extends Omit<AnsweredTask, 'task'> {
  readonly task: Task<K>
  readonly answer: A
  /** Who said it, by the claims of their sign-in: what is decided by. */
  readonly person: Person
  /** The same wherever this one answer is heard: several branches may wait for it. */
  readonly id?: string
}

/** An answered task in a document for readers, by its name. */
export interface SaidLine {
  readonly task: string
  readonly by: string
  readonly at: string
}

export const lineOf = ({ task, by, at }: AnsweredTask): SaidLine => ({ task: taskName(task), by, at })

/** A person's word that a slot's backups are kept away from any network (R45). */
export interface OfflineCopyLine extends SaidLine {
  readonly location: string
  /** Identifiers of the keys whose newest backup was made before: their copies are what was spoken of. */
  readonly covers?: readonly string[]
}

/** Who took whose place, and why. */
export interface ReplacedPerson extends SaidLine {
  readonly leaves: string
  readonly joins: string
  readonly reason: string
}

/** What Microsoft answered, as a person recorded it. */
export interface MicrosoftWord extends SaidLine {
  /** With Microsoft's reference number, where there is one. */
  readonly says: string
}

/** What an answer adds to the people of a hand-off, by the list where it stands. */
export interface HandOffLines {
  readonly approvals?: SaidLine
  readonly replacements?: ReplacedPerson
  readonly microsoft?: MicrosoftWord
}
