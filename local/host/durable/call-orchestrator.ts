import { messageOf } from '../log.ts'
import type { Invoke } from '../worker/invoke.ts'
import type { RegisteredFunction } from '../worker/registry.ts'
import { jsonOf } from '../worker/rpc.ts'
import { triggerOf } from '../worker/supported.ts'
import { type OrchestratorState, parseState, stateInError } from './actions.ts'
import type { Instance } from '../store/rows.ts'

export interface OrchestratorCall {
  readonly target: RegisteredFunction
  readonly instance: Instance
  /** JSON of old rows, each marked as played. */
  readonly past: readonly string[]
  /** JSON of the rows of this turn. */
  readonly recent: readonly string[]
}

/** Lets the orchestrator function run against history. Its own failure is part of the state; `error` is then set. */
export async function callOrchestrator(invoke: Invoke, call: OrchestratorCall): Promise<OrchestratorState> {
  const data = { json: bindingJson(call) }
  try {
    const { returnValue } = await invoke({ target: call.target, inputs: [{ name: triggerOf(call.target).name, data }] })
    return parseState(jsonOf(returnValue) ?? 'null')
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

/** The text the extension sends: OrchestrationTriggerAttributeBindingProvider.cs, OrchestrationContextToString. */
function bindingJson({ instance, past, recent }: OrchestratorCall): string {
  const rest = JSON.stringify({
    instanceId: instance.id,
    isReplaying: past.length > 0,
    parentInstanceId: instance.parent?.id ?? null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: '3.00:00:00',
    maximumShortTimerDuration: '6.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000
  })
  return `{"history":[${[...past, ...recent].join(',')}],"input":${instance.input ?? 'null'},${rest.slice(1)}`
}
