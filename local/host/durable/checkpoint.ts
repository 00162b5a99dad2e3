import type { Instance } from '../store/rows.ts'
import type { Command } from './commands.ts'
import type { HistoryEvent } from './events.ts'

/** Everything one turn of an orchestration leaves behind; stored as a whole before any of it is carried out. */
export interface Checkpoint {
  /** The execution that had the turn. */
  readonly execution: string
  /** As it is from now on. */
  readonly instance: Instance
  /** How many rows history had. */
  readonly past: number
  readonly events: readonly HistoryEvent[]
  /** Rows that this turn has taken in, or has found to be for nobody. */
  readonly consumed: { readonly messages: readonly number[]; readonly activities: readonly number[] }
  readonly commands: readonly Command[]
  readonly cancelledTimers: readonly number[]
  /** What the parent is told at the end. */
  readonly toParent: HistoryEvent | undefined
  /** Set when the instance continues as new: the events its next execution starts with. */
  readonly restart: readonly HistoryEvent[] | undefined
}
