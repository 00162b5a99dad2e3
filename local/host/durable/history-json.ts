import type { HistoryEvent } from './events.ts'

export function toJson(event: HistoryEvent): string {
  return JSON.stringify(event)
}

export function parseEvent(json: string): HistoryEvent {
  // Only this host writes these texts.
  return JSON.parse(json) as HistoryEvent
}
