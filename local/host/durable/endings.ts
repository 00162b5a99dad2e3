import { isOver, type Instance } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

/** Tells those who wait for the end of an instance. */
export class Endings {
  readonly #store: Store
  readonly #waiting = new Map<string, (() => void)[]>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Resolves with the instance once it is over, or with undefined when there is none of that id. */
  async of(id: string): Promise<Instance | undefined> {
    for (;;) {
      const instance = this.#store.instance(id)
      if (!instance || isOver(instance.status)) return instance
      await new Promise<void>((resolve) => {
        this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve])
      })
    }
  }

  tell(id: string): void {
    const waiting = this.#waiting.get(id) ?? []
    this.#waiting.delete(id)
    for (const resolve of waiting) resolve()
  }
}
