import { isOver, type Instance } from '../store/rows.ts'
import type { OrchestratorState } from './actions.ts'
import type { Checkpoint } from './checkpoint.ts'
import { type ContinuedAsNew, type End, endOf, failed, jsonOrNull, orchestratorFailed } from './ends.ts'
import { EventType, historyEvent, type HistoryEvent } from './events.ts'
import type { Execution } from './execution.ts'
import type { Delivery } from './inbox.ts'
import { newExecutionId } from './instances.ts'
import type { Ending, ReplayResult } from './replay.ts'
import type { IsKnown } from './story.ts'
import { childEndedEvent, commandEvent, completedEvent, startedEvent } from './rows-of-turn.ts'

export interface TurnInput {
  readonly execution: Execution
  readonly deliveries: readonly Delivery[]
  /** Milliseconds since 1970; never before the instance's last row. */
  readonly now: number
  /** Lets the orchestrator run against its history and these new events. */
  readonly call: (recent: readonly HistoryEvent[]) => Promise<OrchestratorState | TurnRefusal>
  readonly isKnown: IsKnown
}

/** The orchestrator is not run at all, and its instance fails for this reason. */
export interface TurnRefusal {
  readonly refused: string
}

/** One turn of an orchestration: all messages that are ready go in, one checkpoint comes out. */
export async function takeTurn(input: TurnInput): Promise<Checkpoint> {
  const { deliveries, now } = input
  const { instance, history } = input.execution
  const accepted = acceptedEvents(input)
  const nothing: Checkpoint = {
    instance,
    execution: instance.execution,
    past: history.length,
    consumed: {
      messages: deliveries.flatMap(({ message }) => message ?? []),
      activities: deliveries.flatMap(({ activity }) => activity ?? [])
    },
    events: [],
    commands: [],
    cancelledTimers: [],
    toParent: undefined,
    restart: undefined
  }
  if (accepted.length === 0) return nothing

  const events = [historyEvent('OrchestratorStarted', now), ...accepted]
  const terminated = accepted.find((event) => event.EventType === EventType.ExecutionTerminated)
  const played = terminated ? terminate(terminated, instance.customStatus) : await play(input, events)
  return { ...nothing, ...conclude(instance, now, events, played) }
}

interface PlayedTurn extends Pick<ReplayResult, 'commands' | 'cancelledTimers' | 'nextId'> {
  readonly customStatus: string | null
  readonly end: End | undefined
  /** Rows that history holds once more. */
  readonly doubled?: readonly HistoryEvent[]
}

/** Drops what is meant for another execution, what comes after the end, and a second start. */
function acceptedEvents({ execution: { instance, history }, deliveries }: TurnInput): HistoryEvent[] {
  if (isOver(instance.status)) return []
  let started = history.length > 0
  return deliveries.flatMap(({ execution, event }) => {
    if (execution !== null && execution !== instance.execution) return []
    const isStart = event.EventType === EventType.ExecutionStarted
    if (isStart === started) return []
    started = true
    return [event]
  })
}

function terminate(event: HistoryEvent, customStatus: string | null): PlayedTurn {
  const end: End = { status: 'Terminated', result: event.Input ?? null }
  return { commands: [], cancelledTimers: [], nextId: -1, customStatus, end }
}

async function play(input: TurnInput, events: readonly HistoryEvent[]): Promise<PlayedTurn> {
  const { instance } = input.execution
  const told = await input.call(events)
  if ('refused' in told) return refuse(instance, told)
  const state = told.error === undefined ? told : { ...told, error: orchestratorFailed(instance.name, told.error) }
  const { ending, ...replayed } = input.execution.replay(state, events, input.isKnown)
  const customStatus = jsonOrNull(state.customStatus)
  const fault = faultOfStatus(customStatus)
  if (fault !== undefined) {
    const end = failed(orchestratorFailed(instance.name, fault))
    return { ...replayed, commands: [], customStatus: instance.customStatus, end }
  }
  return { ...replayed, customStatus, end: ending && endOf(ending, state), doubled: doubledBy(ending, state) }
}

/**
 * After a worker's death in a turn the real extension answers 400 to a look at the history, and a rewound instance fails
 * again: as if a row were there twice. Where that comes from its sources do not say; it was seen.
 */
function doubledBy(ending: Ending | undefined, { workerLost }: OrchestratorState): HistoryEvent[] {
  return ending?.kind === 'failed' && ending.contradicts && workerLost === true ? [ending.contradicts] : []
}

function refuse({ name, customStatus }: Instance, { refused }: TurnRefusal): PlayedTurn {
  return { commands: [], cancelledTimers: [], nextId: -1, customStatus, end: failed(orchestratorFailed(name, refused)) }
}

function faultOfStatus(json: string | null): string | undefined {
  const kilobytes = Math.floor(((json ?? 'null').length * 2) / 1024)
  if (kilobytes <= CUSTOM_STATUS_KB) return undefined
  return `Its custom status is ${kilobytes} KB of UTF-16 JSON. Keep it within ${CUSTOM_STATUS_KB} KB.`
}

/** The extension's limit (DurableOrchestrationContext.cs, SetCustomStatus). */
const CUSTOM_STATUS_KB = 16

type Conclusion = Partial<Checkpoint> & Pick<Checkpoint, 'instance'>

function conclude(instance: Instance, now: number, events: readonly HistoryEvent[], played: PlayedTurn): Conclusion {
  const { commands, cancelledTimers, nextId, customStatus, end, doubled = [] } = played
  const rows = [...events, ...doubled, ...commands.map((command) => commandEvent(command, now))]
  const { output } = { ...instance, ...pauseIn(events) }
  const turned: Instance = { ...instance, customStatus, output, updated: now }
  const turnOver = historyEvent('OrchestratorCompleted', now)
  if (!end) {
    const status = isSuspended(instance, events) ? 'Suspended' : 'Running'
    return { instance: { ...turned, status }, events: [...rows, turnOver], commands, cancelledTimers }
  }
  if (end.status === 'ContinuedAsNew') return startAnew(turned, end, now)
  return {
    instance: { ...turned, status: end.status, output: end.result },
    events: [...rows, completedEvent(nextId, end, now), turnOver],
    commands,
    toParent: instance.parent && childEndedEvent(instance.parent.task, end, now)
  }
}

/** A new execution of the same instance: empty history, same name, parent and version. */
function startAnew(instance: Instance, { result, carriedOver }: ContinuedAsNew, now: number): Conclusion {
  const next: Instance = { ...instance, execution: newExecutionId(), status: 'Running', input: result, output: null }
  return { instance: next, restart: [startedEvent(next, now), ...carriedOver] }
}

function isSuspended(instance: Instance, events: readonly HistoryEvent[]): boolean {
  return pauseIn(events)?.isSuspended ?? instance.status === 'Suspended'
}

/** The last suspension or resumption; its reason stands where the output will (AzureTableTrackingStore.cs 1028-1050). */
function pauseIn(events: readonly HistoryEvent[]): { isSuspended: boolean; output: string | null } | undefined {
  const { ExecutionSuspended, ExecutionResumed } = EventType
  const last = events.findLast(
    (event) => event.EventType === ExecutionSuspended || event.EventType === ExecutionResumed
  )
  return last && { isSuspended: last.EventType === ExecutionSuspended, output: last.Reason ?? null }
}
