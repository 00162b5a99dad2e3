import { messageOf } from '../log.ts'
import type { Call } from '../worker/invoke.ts'
import { WorkerLost } from '../worker/life.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { asState, type OrchestratorState, stateInError } from './actions.ts'
import type { Instance } from '../store/rows.ts'

export interface OrchestratorCall {
  readonly target: RegisteredFunction
  readonly instance: Instance
  /** As `durable-functions` is told it. */
  readonly history: readonly object[]
  readonly isReplaying: boolean
}

/**
 * Lets the orchestrator function run against history. Its own failure is part of the state; `error` is then set. A worker
 * that dies meanwhile has scheduled nothing, which contradicts history and fails the instance for ever: the real extension
 * spares only workers of the protobuf protocol (OutOfProcMiddleware.cs), and JavaScript's is not one.
 */
export async function callOrchestrator(call: Call, of: OrchestratorCall): Promise<OrchestratorState> {
  try {
    const result = await call(of.target, trigger(of), of.instance.id)
    return asState(typeof result === 'string' ? JSON.parse(result) : result)
  } catch (error) {
    const message = messageOf(error)
    const state = stateInError(message)
    // An error without any text would otherwise leave the instance running for ever.
    return {
      isDone: false,
      actions: [],
      ...state,
      workerLost: error instanceof WorkerLost,
      error: state ? (state.error ?? 'It threw an error without a message.') : message
    }
  }
}

/** What the JSON text says that the extension sends: OrchestrationTriggerAttributeBindingProvider.cs. */
function trigger({ instance, history, isReplaying }: OrchestratorCall): object {
  return {
    history,
    input: JSON.parse(instance.input ?? 'null') as unknown,
    instanceId: instance.id,
    isReplaying,
    parentInstanceId: instance.parent?.id ?? null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000
  }
}
