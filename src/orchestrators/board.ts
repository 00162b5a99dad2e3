import { evolve } from '../domain/state/evolve.ts'
import type { Fact } from '../domain/state/fact.ts'
import type { OpenTask, State } from '../domain/state/state.ts'
import { statusOf } from '../domain/state/status.ts'
import type { Requirement } from '../domain/terms/evidence.ts'
import { now, setStatus, type Context } from './durable.ts'

/** What one orchestration knows: facts make its state, and the custom status is a view of that, fitted as a whole. */
export interface Board {
  readonly context: Context
  /** Replaced with every fact, never changed. */
  state: State
  /** What this chapter told, for the ledger. */
  told: readonly Fact[]
}

export function createBoard(context: Context, start: State): Board {
  setStatus(context, statusOf(start))
  return { context, state: start, told: [] }
}

/** Takes facts down and shows what has become of them. */
export function note(board: Board, ...facts: readonly Fact[]): void {
  recollect(board, facts)
  board.told = [...board.told, ...facts.filter(isKept)]
}

/** The same with facts that the ledger has. */
export function recollect(board: Board, facts: readonly Fact[]): void {
  board.state = facts.reduce<State>(evolve, board.state)
  setStatus(board.context, statusOf(board.state))
}

/** What a chapter's record keeps, with what people said in branches. The ledger tells who acts and who took over. */
const isKept = ({ fact }: Fact): boolean => keptFacts.some((each) => each === fact)

const keptFacts = [
  'chapter-begun',
  'waiting',
  'step-done',
  'answered',
  'overridden',
  'registration-seen',
  'due-over'
] as const satisfies readonly Fact['fact'][]

/** A line for readers: something is proved or done. */
export function noteDone(board: Board, title: string, detail: string, requirements: readonly Requirement[]): void {
  note(board, { fact: 'step-done', title, detail, requirements, at: now(board.context) })
}

/** Opens a task under a new serial. */
export const open = (board: Board, question: Omit<OpenTask, 'serial' | 'since'>): void =>
  note(board, { fact: 'asked', question, at: now(board.context) })
