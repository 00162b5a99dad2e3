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
  const turns = turnsOf(events)
  const nameOf = new Map(events.filter(isCall).map(event => [event.EventId, event.Name]))
  for (const turn of turns) {
    const timers = turn.filter(({ EventType: type }) => type === EventType.TimerCreated)
    for (const failure of turn.filter(isFailure)) {
      const name = nameOf.get(failure.TaskScheduledId ?? -1)
      const isAgain = (timer: HistoryEvent): boolean => firing(turns, timer).some(event => isCall(event) && event.Name === name)
      const again = timers.find(isAgain)
      const last = again ?? timers.find(timer => firesAtOnce(timer, turn))
      if (last) timers.splice(timers.indexOf(last), 1)
      if (again) retried.add(failure)
      else if (last) for (const row of rowsOf(events, last)) lastTimers.add(row)
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

/** The turn in which a timer fires; empty when it has not. */
function firing(turns: readonly HistoryEvent[][], { EventId }: HistoryEvent): HistoryEvent[] {
  return turns.find(turn => turn.some(({ TimerId }) => TimerId === EventId)) ?? []
}

function firesAtOnce({ FireAt }: HistoryEvent, turn: readonly HistoryEvent[]): boolean {
  return FireAt === turn[0]?.Timestamp
}

function rowsOf(events: readonly HistoryEvent[], { EventId }: HistoryEvent): HistoryEvent[] {
  return events.filter(
    event => event.TimerId === EventId || (event.EventType === EventType.TimerCreated && event.EventId === EventId)
  )
}
