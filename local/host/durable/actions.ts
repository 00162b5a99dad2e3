/** Numbers of `durable-functions`' actions/ActionType.ts. */
export const ActionType = {
  CallActivity: 0,
  CallActivityWithRetry: 1,
  CallSubOrchestrator: 2,
  CallSubOrchestratorWithRetry: 3,
  ContinueAsNew: 4,
  CreateTimer: 5,
  WaitForExternalEvent: 6,
  CallEntity: 7,
  CallHttp: 8,
  SignalEntity: 9,
  WhenAny: 11,
  WhenAll: 12,
  LockEntities: 13,
  ReleaseEntities: 14
} as const

/** What an orchestrator asks for. Which fields are there depends on `actionType`. */
export interface Action {
  readonly actionType: number
  readonly functionName?: string
  readonly input?: unknown
  readonly instanceId?: string
  readonly version?: string
  readonly retryOptions?: RetryOptions
  readonly fireAt?: string | Date
  readonly isCanceled?: boolean
  readonly externalEventName?: string
  readonly compoundActions?: readonly Action[]
}

export interface RetryOptions {
  readonly firstRetryIntervalInMilliseconds: number
  readonly maxNumberOfAttempts: number
  readonly backoffCoefficient?: number
  readonly maxRetryIntervalInMilliseconds?: number
  readonly retryTimeoutInMilliseconds?: number
}

/** What one call of an orchestrator returns: all actions since its start, every time. */
export interface OrchestratorState {
  readonly isDone: boolean
  readonly actions: readonly (readonly Action[])[]
  readonly output?: unknown
  readonly customStatus?: unknown
  readonly error?: string
  readonly failureDetails?: unknown
  /** The worker died before it could answer. */
  readonly workerLost?: boolean
}

const label = '\n\n$OutOfProcData$:'

/** The state that `durable-functions` appends to the message of an orchestrator's error; absent in any other error. */
export function stateInError(message: string): OrchestratorState | undefined {
  const at = message.indexOf(label)
  return at < 0 ? undefined : asState(JSON.parse(message.slice(at + label.length)))
}

/** What an orchestrator function returned. Throws when it is no state. */
export function asState(state: unknown): OrchestratorState {
  if (typeof state === 'object' && state !== null && 'isDone' in state && 'actions' in state) {
    // The shape is that of durable-functions' OrchestratorState, the only maker of such a thing.
    return state as OrchestratorState
  }
  throw new Error(
    "The orchestrator function returned no orchestration state. Register it with durable-functions' app.orchestration."
  )
}
