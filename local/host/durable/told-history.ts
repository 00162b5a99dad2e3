import type { HistoryEvent } from './events.ts'

/**
 * Rows of history as `durable-functions` is told them. It turns their timestamps into dates, in place and once, so that
 * old rows can be told again: copying all of them for every turn would cost more than anything else the host does.
 */
export class ToldHistory {
  readonly #past: ToldEvent[] = []

  /** `past` is that of the call before, and what has come since. */
  of(past: readonly HistoryEvent[], recent: readonly HistoryEvent[]): object[] {
    for (const event of past.slice(this.#past.length)) this.#past.push({ ...event, IsPlayed: true })
    return [...this.#past, ...recent.map((event) => ({ ...event, IsPlayed: false }))].map(withOwnDetails)
  }
}

interface ToldEvent extends HistoryEvent {
  readonly IsPlayed: boolean
}

/** Failure details come to the app, which may change what it is given. */
function withOwnDetails(event: ToldEvent): ToldEvent {
  const { FailureDetails: details } = event
  return details === undefined ? event : { ...event, FailureDetails: structuredClone(details) }
}
