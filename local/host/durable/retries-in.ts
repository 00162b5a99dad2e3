import { EventType, type HistoryEvent } from './events.ts'

export interface Retries {
  /** Failures after which the same call was made again. */
  readonly retried: ReadonlySet<HistoryEvent>
  /** Rows of the timers that follow a last failure and fire at once (DurableTask.Core's RetryInterceptor.cs 73-82). */
  readonly lastTimers: ReadonlySet<HistoryEvent>
}

/** Tells from history which failures belong to calls with retries: there a timer begins in the turn of the failure. */
export function retriesIn(events: readonly HistoryEvent[]): Retries {
  const retried = new Set<HistoryEvent>()
  const lastTimers = new Set<HistoryEvent>()
  const calls = events.filter(isCall)
  const nameOf = new Map(calls.map((event) => [event.EventId, event.Name]))
  for (const turn of turnsOf(events)) {
    const timers = turn.filter(({ EventType: type }) => type === EventType.TimerCreated)
    for (const failure of turn.filter(isFailure)) {
      const name = nameOf.get(failure.TaskScheduledId ?? -1)
      const isMadeAgain = ({ EventId }: HistoryEvent): boolean =>
        calls.some((call) => call.Name === name && call.EventId > EventId)
      const timer = timers.find((one) => firesAtOnce(one, turn) || isMadeAgain(one))
      if (!timer) continue
      timers.splice(timers.indexOf(timer), 1)
      if (!firesAtOnce(timer, turn)) retried.add(failure)
      else for (const row of rowsOf(events, timer)) lastTimers.add(row)
    }
  }
  return { retried, lastTimers }
}

export function isFailure({ EventType: type }: HistoryEvent): boolean {
  return type === EventType.TaskFailed || type === EventType.SubOrchestrationInstanceFailed
}

function isCall({ EventType: type }: HistoryEvent): boolean {
  return type === EventType.TaskScheduled || type === EventType.SubOrchestrationInstanceCreated
}

function turnsOf(events: readonly HistoryEvent[]): HistoryEvent[][] {
  const turns: HistoryEvent[][] = []
  for (const event of events) {
    if (event.EventType === EventType.OrchestratorStarted) turns.push([])
    turns.at(-1)?.push(event)
  }
  return turns
}

function firesAtOnce({ FireAt }: HistoryEvent, turn: readonly HistoryEvent[]): boolean {
  return FireAt === turn[0]?.Timestamp
}

function rowsOf(events: readonly HistoryEvent[], { EventId }: HistoryEvent): HistoryEvent[] {
  return events.filter(
    (event) => event.TimerId === EventId || (event.EventType === EventType.TimerCreated && event.EventId === EventId)
  )
}
