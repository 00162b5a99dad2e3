import { randomUUID } from 'node:crypto'
import { isOver, type Instance, type Message } from '../store/rows.ts'
import type { OrchestratorState } from './actions.ts'
import type { Checkpoint } from './checkpoint.ts'
import { EventType, historyEvent, type HistoryEvent } from './events.ts'
import { type Ending, replay, type Replayed } from './replay.ts'

export interface TurnInput {
  readonly instance: Instance
  /** JSON texts. */
  readonly past: readonly string[]
  readonly messages: readonly Message[]
  /** Milliseconds since 1970; never before the instance's last row. */
  readonly now: number
  call(past: readonly string[], recent: readonly string[]): Promise<OrchestratorState>
  /** Why an activity or orchestrator of this name cannot be called; absent when it can. */
  missing(kind: 'activity' | 'sub-orchestration', name: string): string | undefined
}

/** One turn of an orchestration: all messages that are ready go in, one checkpoint comes out. */
export async function takeTurn(input: TurnInput): Promise<Checkpoint> {
  const { instance, messages, now } = input
  const accepted = acceptedEvents(input)
  const nothing: Checkpoint = {
    instance, execution: instance.execution, past: input.past.length, consumed: messages.map(({ id }) => id),
    events: [], commands: [], cancelledTimers: [], toParent: undefined, restart: undefined
  }
  if (accepted.length === 0) return nothing

  const events = [historyEvent('OrchestratorStarted', now), ...accepted]
  const terminated = accepted.find(event => event.EventType === EventType.ExecutionTerminated)
  const turn = terminated ? terminate(terminated, instance.customStatus) : await play(input, events)
  return { ...nothing, ...conclude(input, events, turn) }
}

interface Played {
  readonly replayed: Pick<Replayed, 'commands' | 'cancelledTimers' | 'nextId'>
  readonly customStatus: string | null
  readonly ending: End | undefined
}

type End =
  | { readonly status: 'Completed', readonly result: string | null }
  | { readonly status: 'Failed', readonly result: string, readonly failureDetails?: unknown }
  | { readonly status: 'Terminated', readonly result: string | null }
  | { readonly status: 'ContinuedAsNew', readonly result: string, readonly carriedOver: readonly HistoryEvent[] }

/** Drops what is meant for another execution, what comes after the end, and a second start. */
function acceptedEvents({ instance, past, messages }: TurnInput): HistoryEvent[] {
  if (isOver(instance.status)) return []
  let started = past.length > 0
  return messages.flatMap(({ execution, event }) => {
    if (execution !== null && execution !== instance.execution) return []
    const parsed = parseEvent(event)
    const isStart = parsed.EventType === EventType.ExecutionStarted
    if (isStart === started) return []
    started = true
    return [parsed]
  })
}

function terminate(event: HistoryEvent, customStatus: string | null): Played {
  const replayed = { commands: [], cancelledTimers: [], nextId: -1 }
  return { replayed, customStatus, ending: { status: 'Terminated', result: event.Input ?? null } }
}

async function play(input: TurnInput, events: readonly HistoryEvent[]): Promise<Played> {
  const { instance, past } = input
  const told = await input.call(past, events.map(event => toJson(event, false)))
  const state = withPrefixedError(instance.name, told)
  const replayed = replay({
    instanceId: instance.id,
    parentInstanceId: instance.parent?.id,
    executionId: instance.execution,
    events: [...past.map(parseEvent), ...events],
    state
  })
  const fault = faultOf(input, state, replayed)
  if (fault !== undefined) {
    return { replayed: { ...replayed, commands: [] }, customStatus: instance.customStatus, ending: failed(fault, undefined) }
  }
  const customStatus = state.customStatus === undefined || state.customStatus === null ? null : JSON.stringify(state.customStatus)
  return { replayed, customStatus, ending: replayed.ending && endOf(replayed.ending, state) }
}

/** What a turn asks for that this host, like the extension, does not carry out. */
function faultOf({ instance, missing }: TurnInput, { customStatus }: OrchestratorState, { commands }: Replayed): string | undefined {
  for (const command of commands) {
    const why = command.kind === 'timer' ? undefined : missing(command.kind, command.name)
    if (why !== undefined) return orchestratorFailed(instance.name, why)
  }
  const statusBytes = Buffer.byteLength(JSON.stringify(customStatus ?? null), 'utf16le')
  if (Math.floor(statusBytes / 1024) <= CUSTOM_STATUS_KB) return undefined
  return orchestratorFailed(instance.name, `Its custom status is ${Math.ceil(statusBytes / 1024)} KB of UTF-16 JSON. Keep it within ${CUSTOM_STATUS_KB} KB.`)
}

const CUSTOM_STATUS_KB = 16

function endOf(ending: Ending, state: OrchestratorState): End {
  switch (ending.kind) {
    case 'completed': return { status: 'Completed', result: toResult(state.output) }
    case 'failed': return failed(ending.error, state.failureDetails)
    case 'continued-as-new': return { status: 'ContinuedAsNew', result: JSON.stringify(ending.input), carriedOver: ending.carriedOver }
  }
}

function failed(result: string, failureDetails: unknown): End {
  return { status: 'Failed', result, ...failureDetails !== undefined && { failureDetails } }
}

function conclude({ instance, now }: TurnInput, events: readonly HistoryEvent[], played: Played): Partial<Checkpoint> & Pick<Checkpoint, 'instance'> {
  const { replayed, customStatus, ending } = played
  const rows = [...events, ...replayed.commands.map(command => commandEvent(command, now))]
  const common = { customStatus, updated: now }
  if (ending?.status === 'ContinuedAsNew') {
    // A new execution of the same instance: empty history, same name, parent and version.
    const next: Instance = { ...instance, ...common, execution: newExecutionId(), status: 'Running', input: ending.result, output: null }
    return { instance: next, events: [], restart: [startedEvent(next, now), ...ending.carriedOver] }
  }
  if (!ending) {
    const status = isSuspended(instance, events) ? 'Suspended' : 'Running'
    return {
      instance: { ...instance, ...common, status }, events: [...rows, historyEvent('OrchestratorCompleted', now)],
      commands: replayed.commands, cancelledTimers: replayed.cancelledTimers
    }
  }
  const over = historyEvent('ExecutionCompleted', now, {
    EventId: replayed.nextId, Result: ending.result, OrchestrationStatus: ending.status, ...failureDetailsOf(ending)
  })
  return {
    instance: { ...instance, ...common, status: ending.status, output: ending.result },
    events: [...rows, over, historyEvent('OrchestratorCompleted', now)],
    toParent: instance.parent && parentEvent(instance.parent.task, ending, now)
  }
}

function commandEvent(command: Replayed['commands'][number], at: number): HistoryEvent {
  const { id: EventId } = command
  switch (command.kind) {
    case 'activity': return historyEvent('TaskScheduled', at, { EventId, Name: command.name, Version: '', Input: JSON.stringify([command.input]) })
    case 'timer': return historyEvent('TimerCreated', at, { EventId, FireAt: new Date(command.fireAt).toISOString() })
    case 'sub-orchestration': return historyEvent('SubOrchestrationInstanceCreated', at, {
      EventId, Name: command.name, InstanceId: command.instanceId, Version: command.version ?? '', Input: JSON.stringify(command.input)
    })
  }
}

function parentEvent(task: number, ending: Exclude<End, { status: 'ContinuedAsNew' }>, at: number): HistoryEvent {
  if (ending.status === 'Completed') {
    return historyEvent('SubOrchestrationInstanceCompleted', at, { TaskScheduledId: task, Result: ending.result })
  }
  // durable-functions needs both texts; a terminated child has no details of its own.
  return historyEvent('SubOrchestrationInstanceFailed', at, {
    TaskScheduledId: task, Reason: ending.result ?? 'Terminated', Details: `The sub-orchestration ended as ${ending.status}.`, ...failureDetailsOf(ending)
  })
}

function failureDetailsOf(ending: End): { FailureDetails?: unknown } {
  return ending.status === 'Failed' && ending.failureDetails !== undefined ? { FailureDetails: ending.failureDetails } : {}
}

export function startedEvent(instance: Instance, at: number): HistoryEvent {
  return historyEvent('ExecutionStarted', at, {
    Name: instance.name,
    Version: instance.version,
    Input: instance.input,
    OrchestrationInstance: { InstanceId: instance.id, ExecutionId: instance.execution },
    ParentInstance: instance.parent
      ? { Name: '', OrchestrationInstance: { InstanceId: instance.parent.id, ExecutionId: instance.parent.execution }, TaskScheduleId: instance.parent.task }
      : null
  })
}

export function newExecutionId(): string {
  return randomUUID().replaceAll('-', '')
}

/** A stored row is always an old one when it is read again, so it is stored as played. */
export function toJson(event: HistoryEvent, isPlayed: boolean): string {
  return JSON.stringify({ ...event, IsPlayed: isPlayed })
}

export function parseEvent(json: string): HistoryEvent {
  // Only toJson writes these texts.
  return JSON.parse(json) as HistoryEvent
}

function isSuspended(instance: Instance, events: readonly HistoryEvent[]): boolean {
  const last = events.findLast(({ EventType: type }) => type === EventType.ExecutionSuspended || type === EventType.ExecutionResumed)
  return last ? last.EventType === EventType.ExecutionSuspended : instance.status === 'Suspended'
}

function withPrefixedError(name: string, state: OrchestratorState): OrchestratorState {
  return state.error === undefined ? state : { ...state, error: orchestratorFailed(name, state.error) }
}

function orchestratorFailed(name: string, why: string): string {
  return `Orchestrator function '${name}' failed: ${why}`
}

function toResult(output: unknown): string | null {
  return output === undefined || output === null ? null : JSON.stringify(output)
}
