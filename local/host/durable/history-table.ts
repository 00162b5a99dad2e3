import { eventTypeName, EventType, type HistoryEvent } from './events.ts'

const LONGEST = 60

/** An instance's history for a reader: a line per row, with the call that an end belongs to. Ends with a line break. */
export function historyTable(events: readonly HistoryEvent[]): string {
  const nameOf = new Map(events.map((event) => [event.EventId, event.Name ?? event.FireAt]))
  const rows = events.filter(({ EventType: type }) => !hidden.has(type)).map((event) => row(event, nameOf))
  return [['when', 'event', 'no.', 'what', 'with'], ...rows].map((cells, _, all) => line(cells, all)).join('')
}

const hidden = new Set<number>([EventType.OrchestratorStarted, EventType.OrchestratorCompleted])

function row(event: HistoryEvent, nameOf: ReadonlyMap<number, string | undefined>): string[] {
  const id = event.TaskScheduledId ?? event.TimerId ?? event.EventId
  const what = event.Name ?? event.FireAt ?? nameOf.get(id) ?? event.OrchestrationStatus ?? ''
  const when = event.Timestamp.replace('T', ' ').slice(0, 19)
  return [when, eventTypeName(event.EventType), id < 0 ? '' : String(id), what, shortened(detailOf(event))]
}

function detailOf({ Reason, Result, Input, Data, InstanceId }: HistoryEvent): string {
  return Reason ?? Result ?? Input ?? Data ?? InstanceId ?? ''
}

function shortened(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ')
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST - 1)}…` : flat
}

function line(cells: readonly string[], all: readonly (readonly string[])[]): string {
  const widths = cells.map((_, column) => Math.max(...all.map((other) => other[column]?.length ?? 0)))
  return `${cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd()}\n`
}
