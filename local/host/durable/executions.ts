import type { Store } from '../store/store.ts'
import { Execution } from './execution.ts'
import { parseEvent } from './history-json.ts'

/** Rows of history that all kept executions may have together: some 10 MB. */
const MOST_EVENTS = 20_000

/** Executions between their turns, the latest used; whatever is not here is read from the file. */
export class Executions {
  readonly #store: Store
  readonly #kept = new Map<string, Execution>()
  #events = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** For one turn: `keep` gives it back. Undefined when there is no such instance. */
  take(id: string): Execution | undefined {
    const kept = this.#kept.get(id)
    if (kept) {
      this.#drop(id, kept)
      return kept
    }
    const instance = this.#store.instance(id)
    return instance && new Execution(instance, this.#store.history(id).map(parseEvent))
  }

  keep(execution: Execution): void {
    const { id } = execution.instance
    this.#kept.set(id, execution)
    this.#events += execution.history.length
    for (const [oldest, other] of this.#kept) {
      if (this.#events <= MOST_EVENTS || other === execution) return
      this.#drop(oldest, other)
    }
  }

  #drop(id: string, execution: Execution): void {
    this.#kept.delete(id)
    this.#events -= execution.history.length
  }
}
