import type { Instance } from '../store/rows.ts'
import { EventType, eventTypeName, type HistoryEvent } from './events.ts'

export interface StatusOptions {
  readonly showInput: boolean
  readonly showHistoryOutput: boolean
  /** Its rows; no history is shown when absent. */
  readonly history?: readonly HistoryEvent[]
}

/** An instance as the status API shows it (HttpApiHandler.cs, ConvertFrom). */
export function statusOf(
  instance: Instance,
  { showInput, showHistoryOutput, history }: StatusOptions
): Record<string, unknown> {
  return {
    name: instance.name,
    instanceId: instance.id,
    runtimeStatus: instance.status,
    version: instance.version,
    input: showInput ? fromText(instance.input) : null,
    customStatus: fromText(instance.customStatus),
    output: fromText(instance.output),
    createdTime: toSeconds(instance.created),
    lastUpdatedTime: toSeconds(instance.updated),
    ...(history && { historyEvents: shownHistory(history, showInput, showHistoryOutput) })
  }
}

/**
 * Why the extension cannot make its readable form of this history: it looks beginnings up by their number, and takes
 * each out once (DurableClient.cs, GetDurableOrchestrationStatusAsync). Absent when it can.
 */
export function unshowable(events: readonly HistoryEvent[]): string | undefined {
  const begun = new Set<string>()
  const ended = new Set<number>()
  for (const event of events) {
    const key = `${eventTypeName(event.EventType)}_${event.EventId}`
    if (isScheduled(event) && begun.has(key)) return `An item with the same key has already been added. Key: ${key}`
    if (isScheduled(event)) begun.add(key)
    const { TaskScheduledId: id } = event
    if (id !== undefined && ended.has(id)) return 'Index is less than 0'
    if (id !== undefined) ended.add(id)
  }
  return undefined
}

/** The extension's readable form: an end carries what its beginning says, whose row is left out (DurableClient.cs). */
function shownHistory(events: readonly HistoryEvent[], showInput: boolean, showOutput: boolean): object[] {
  const scheduled = new Map(events.filter(isScheduled).map((event) => [event.EventId, event]))
  const ended = new Set(events.flatMap(({ TaskScheduledId }) => TaskScheduledId ?? []))
  const shown = events.filter(
    (event) => !hidden.has(event.EventType) && !(isScheduled(event) && ended.has(event.EventId))
  )
  return shown.map((event) => {
    const beginning = event.TaskScheduledId === undefined ? undefined : scheduled.get(event.TaskScheduledId)
    const input = event.Input ?? beginning?.Input
    return {
      EventType: eventTypeName(event.EventType),
      Timestamp: event.Timestamp,
      ...names(event, beginning),
      ...(showInput && input !== undefined && { Input: input }),
      ...(showOutput && 'Result' in event && { Result: fromText(event.Result ?? null) }),
      ...pick(event, ['FireAt', 'Reason', 'Details', 'InstanceId', 'OrchestrationStatus', 'FailureDetails', 'Data'])
    }
  })
}

function names({ EventType: type, Name }: HistoryEvent, beginning: HistoryEvent | undefined): object {
  if (beginning) return { ScheduledTime: beginning.Timestamp, FunctionName: beginning.Name }
  if (Name === undefined) return {}
  return type === EventType.ExecutionStarted ? { FunctionName: Name } : { Name }
}

const hidden = new Set<number>([EventType.OrchestratorStarted, EventType.OrchestratorCompleted])

function isScheduled({ EventType: type }: HistoryEvent): boolean {
  return type === EventType.TaskScheduled || type === EventType.SubOrchestrationInstanceCreated
}

function pick(event: HistoryEvent, keys: readonly (keyof HistoryEvent)[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => event[key] !== undefined).map((key) => [key, event[key]]))
}

/** A text that is no JSON, such as a reason for termination, is shown as it is. */
export function fromText(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function toSeconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`
}
