import { evolve, nextSerial } from '../domain/state/evolve.ts'
import { eventName } from '../domain/state/event-name.ts'
import type { Fact } from '../domain/state/fact.ts'
import type { OpenTask, State } from '../domain/state/state.ts'
import { statusOf } from '../domain/state/status.ts'
import { taskName } from '../domain/tasks/task.ts'
import type { Requirement } from '../domain/terms/evidence.ts'
import { now, setStatus, type Context } from './durable.ts'

/** What one orchestration knows: facts make its state, and the custom status is a view of that, fitted as a whole. */
export interface Board {
  readonly context: Context
  /** Replaced with every fact, never changed. */
  state: State
}

export function createBoard(context: Context, start: State): Board {
  setStatus(context, statusOf(start))
  return { context, state: start }
}

/** Takes facts down and shows what has become of them. */
export function note(board: Board, ...facts: readonly Fact[]): void {
  board.state = facts.reduce<State>(evolve, board.state)
  setStatus(board.context, statusOf(board.state))
}

/** A line for readers: something is proved or done. */
export function noteDone(board: Board, title: string, detail: string, requirements: readonly Requirement[]): void {
  note(board, { fact: 'step-done', title, detail, requirements, at: now(board.context) })
}

/** Opens a task under a new serial and returns the event that answers it. */
export function open(board: Board, question: Omit<OpenTask, 'serial' | 'since'>): string {
  const name = taskName(question.task)
  const event = eventName(name, nextSerial(board.state, name))
  note(board, { fact: 'asked', question, at: now(board.context) })
  return event
}
