/** Numbers of DurableTask.Core's `EventType`, which `durable-functions` reads (its history/HistoryEventType.ts). */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventSent: 14,
  EventRaised: 15,
  ContinueAsNew: 16,
  GenericEvent: 17,
  ExecutionSuspended: 19,
  ExecutionResumed: 20
} as const

export type EventTypeName = keyof typeof EventType

/** One row of an instance's history, with the extension's field names. Payloads are JSON texts. */
export interface HistoryEvent {
  readonly EventType: number
  /** The sequence number of what was scheduled; -1 for everything else. */
  readonly EventId: number
  /** ISO 8601, UTC. */
  readonly Timestamp: string
  readonly Name?: string
  readonly Version?: string | null
  readonly Input?: string | null
  readonly Result?: string | null
  readonly TaskScheduledId?: number
  readonly TimerId?: number
  readonly FireAt?: string
  readonly Reason?: string
  readonly Details?: string
  readonly FailureDetails?: unknown
  readonly InstanceId?: string
  readonly OrchestrationStatus?: string
  readonly OrchestrationInstance?: { readonly InstanceId: string; readonly ExecutionId: string }
  readonly ParentInstance?: ParentInstance | null
  readonly Data?: string
}

export interface ParentInstance {
  readonly Name: string
  readonly OrchestrationInstance: { readonly InstanceId: string; readonly ExecutionId: string }
  readonly TaskScheduleId: number
}

type Fields = Omit<HistoryEvent, 'EventType' | 'EventId' | 'Timestamp'> & { readonly EventId?: number }

/** `at` in milliseconds since 1970. */
export function historyEvent(type: EventTypeName, at: number, fields: Fields = {}): HistoryEvent {
  return { EventType: EventType[type], EventId: -1, Timestamp: isoText(at), ...fields }
}

// Rows of one turn bear one time, and making the text is a large part of making a row.
let latest = { at: 0, text: '1970-01-01T00:00:00.000Z' }

function isoText(at: number): string {
  if (latest.at !== at) latest = { at, text: new Date(at).toISOString() }
  return latest.text
}

const names = new Map<number, string>(Object.entries(EventType).map(([name, number]) => [number, name]))

export function eventTypeName(type: number): string {
  return names.get(type) ?? `EventType ${type}`
}
