import { messageOf } from '../log.ts'
import type { Call } from '../worker/invoke.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { asState, type OrchestratorState, stateInError } from './actions.ts'
import type { Instance } from '../store/rows.ts'
import type { HistoryEvent } from './events.ts'

export interface OrchestratorCall {
  readonly target: RegisteredFunction
  readonly instance: Instance
  /** Old rows. */
  readonly past: readonly HistoryEvent[]
  /** The rows of this turn. */
  readonly recent: readonly HistoryEvent[]
}

/** Lets the orchestrator function run against history. Its own failure is part of the state; `error` is then set. */
export async function callOrchestrator(call: Call, of: OrchestratorCall): Promise<OrchestratorState> {
  try {
    const result = await call(of.target, trigger(of))
    return asState(typeof result === 'string' ? JSON.parse(result) : result)
  } catch (error) {
    const message = messageOf(error)
    const state = stateInError(message)
    // An error without any text would otherwise leave the instance running for ever.
    return {
      isDone: false,
      actions: [],
      ...state,
      error: state ? (state.error ?? 'It threw an error without a message.') : message
    }
  }
}

/** What the JSON text says that the extension sends: OrchestrationTriggerAttributeBindingProvider.cs. */
function trigger({ instance, past, recent }: OrchestratorCall): object {
  return {
    history: [...past.map(event => copy(event, true)), ...recent.map(event => copy(event, false))],
    input: JSON.parse(instance.input ?? 'null') as unknown,
    instanceId: instance.id,
    isReplaying: past.length > 0,
    parentInstanceId: instance.parent?.id ?? null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000
  }
}

/** `durable-functions` turns timestamps into dates in place, and hands those and failure details to the app. */
function copy(event: HistoryEvent, isPlayed: boolean): object {
  const { FailureDetails: details } = event
  const own = details === undefined ? {} : { FailureDetails: structuredClone(details) }
  return { ...event, IsPlayed: isPlayed, ...own }
}
