import type { Collection, World } from './world.ts'

/** Something Azure will do by itself at a later instant. */
export interface AgendaEntry {
  /** Names the handler. */
  readonly kind: string
  /** Simulated milliseconds since 1970. */
  readonly at: number
  /** Scheduling a key again replaces its entry. */
  readonly key: string
  readonly payload: unknown
}

export type AgendaHandler = (payload: unknown) => void | Promise<void>

/** Azure's own plans, persisted. Knows no clock: it is told what time it is. */
export class Agenda {
  readonly #entries: Collection<AgendaEntry>
  readonly #handlers = new Map<string, AgendaHandler>()

  constructor(world: World) {
    this.#entries = world.collection<AgendaEntry>('agenda')
  }

  handle(kind: string, handler: AgendaHandler): void {
    if (this.#handlers.has(kind)) throw new Error(`Agenda kind "${kind}" has two handlers. Give one another name.`)
    this.#handlers.set(kind, handler)
  }

  schedule(entry: AgendaEntry): void {
    this.#entries.set(entry.key, entry)
  }

  /** False when there was nothing under this key. */
  cancel(key: string): boolean {
    return this.#entries.delete(key)
  }

  /** Earliest instant anything is planned for, in milliseconds. */
  next(): number | undefined {
    return this.#earliest()?.at
  }

  /** Carries out, in order of time, whatever is due at `now`. True when there was anything. */
  async runDue(now: number): Promise<boolean> {
    let ran = false
    for (let entry = this.#earliest(); entry !== undefined && entry.at <= now; entry = this.#earliest()) {
      await this.#run(entry)
      ran = true
    }
    return ran
  }

  async #run(entry: AgendaEntry): Promise<void> {
    const handler = this.#handlers.get(entry.kind)
    try {
      if (handler === undefined) throw new Error(`No service handles the agenda entry "${entry.key}" (${entry.kind}).`)
      await handler(entry.payload)
    } finally {
      // Removed afterwards, so that a kill in between repeats it; a successor that the handler put in its place stays.
      if (this.#entries.get(entry.key) === entry) this.#entries.delete(entry.key)
    }
  }

  #earliest(): AgendaEntry | undefined {
    let earliest: AgendaEntry | undefined
    for (const entry of this.#entries.values()) {
      if (earliest === undefined || entry.at < earliest.at) earliest = entry
    }
    return earliest
  }
}
