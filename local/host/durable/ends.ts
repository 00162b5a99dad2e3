import type { OrchestratorState } from './actions.ts'
import type { HistoryEvent } from './events.ts'
import type { Ending } from './replay.ts'

/** How an execution ends; `result` becomes the output, as a JSON text or, for a failure, as a plain one. */
export type End = Over | ContinuedAsNew

export type Over =
  | { readonly status: 'Completed'; readonly result: string | null }
  | { readonly status: 'Failed'; readonly result: string; readonly failureDetails?: unknown }
  | { readonly status: 'Terminated'; readonly result: string | null }

export interface ContinuedAsNew {
  readonly status: 'ContinuedAsNew'
  /** JSON text: the next execution's input. */
  readonly result: string
  readonly carriedOver: readonly HistoryEvent[]
}

export function endOf(ending: Ending, state: OrchestratorState): End {
  switch (ending.kind) {
    case 'completed':
      return { status: 'Completed', result: jsonOrNull(state.output) }
    case 'failed':
      return failed(ending.error, state.failureDetails)
    case 'continued-as-new':
      return { status: 'ContinuedAsNew', result: JSON.stringify(ending.input), carriedOver: ending.carriedOver }
  }
}

export function failed(result: string, failureDetails?: unknown): Over {
  return { status: 'Failed', result, ...(failureDetails !== undefined && { failureDetails }) }
}

/** The text in which the extension reports a failure (TaskOrchestrationShim.cs). */
export function orchestratorFailed(name: string, why: string): string {
  return `Orchestrator function '${name}' failed: ${why}`
}

export function jsonOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
