import type { Decisive } from './decisive.ts'
import type { ServiceName } from './service-name.ts'
import type { Collection, World } from './world.ts'

export interface JournalEntry {
  readonly seq: number
  /** Simulated time, ISO 8601. */
  readonly at: string
  readonly service: ServiceName | 'proxy'
  /** Operation of the route; `unknown` where the service has none for it, `refused` for a host nobody simulates. */
  readonly operation: string
  readonly method: string
  readonly host: string
  /** Without the query: that is where shared signatures live. */
  readonly path: string
  readonly status: number
  readonly requestId: string
  readonly callerClientId?: string
  /** False when the service changed nothing: it refused, or a fault answered in its place. */
  readonly applied: boolean
  /** What it answered, of reads on which rules of the article turn. */
  readonly said?: Decisive
}

/** Every request that reached the simulated Azure, in order; what the app claims to have seen must be found here. */
export class Journal {
  readonly #entries: Collection<JournalEntry>
  readonly #requestIds = new Set<string>()
  #last = 0

  constructor(world: World) {
    this.#entries = world.collection<JournalEntry>('journal')
    for (const entry of this.#entries.values()) this.#index(entry)
  }

  append(entry: Omit<JournalEntry, 'seq'>): JournalEntry {
    const numbered = { seq: this.#last + 1, ...entry }
    this.#entries.set(String(numbered.seq), numbered)
    this.#index(numbered)
    return numbered
  }

  entries(): JournalEntry[] {
    return this.#entries.values()
  }

  has(requestId: string): boolean {
    return this.#requestIds.has(requestId)
  }

  /** Requests per service and operation, refused ones included. */
  counts(): Record<string, Record<string, number>> {
    const counts: Record<string, Record<string, number>> = {}
    for (const { service, operation } of this.#entries.values()) {
      const operations = (counts[service] ??= {})
      operations[operation] = (operations[operation] ?? 0) + 1
    }
    return counts
  }

  #index(entry: JournalEntry): void {
    this.#requestIds.add(entry.requestId)
    this.#last = Math.max(this.#last, entry.seq)
  }
}
