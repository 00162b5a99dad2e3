import type { HistoryEvent } from './events.ts'

/** An orchestration that cannot go on; the message becomes its output. */
export class ReplayError extends Error {}

/** History holds what the orchestrator does not tell now. */
export class NonDeterminism extends ReplayError {
  /** The first row that differs. */
  readonly row: HistoryEvent

  constructor(row: HistoryEvent, message: string) {
    super(message)
    this.row = row
  }
}
