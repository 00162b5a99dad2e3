import type { HistoryEvent } from './events.ts'

/** A stored row is always an old one when it is read again, so it is stored as played. */
export function toJson(event: HistoryEvent, isPlayed: boolean): string {
  return JSON.stringify({ ...event, IsPlayed: isPlayed })
}

export function parseEvent(json: string): HistoryEvent {
  // Only this host writes these texts.
  return JSON.parse(json) as HistoryEvent
}
