import type { Instance } from '../store/rows.ts'
import type { Delivery } from './inbox.ts'
import { startedEvent } from './rows-of-turn.ts'

export interface Start {
  readonly instance: Instance
  /** Told once the start is on disk: whether it took place, or an instance of its id is live. */
  readonly tell: (started: boolean) => void
  readonly fail: (error: unknown) => void
}

/** Starts that no row holds yet. Each is recorded with its first turn, in one commit, and only then acknowledged. */
export class Starts {
  readonly #waiting = new Map<string, Start>()

  /** Resolves as `Start.tell` is told. `ask`: its instance wants a turn. */
  async add(instance: Instance, ask: () => void): Promise<boolean> {
    if (this.#waiting.has(instance.id)) return false
    return new Promise((tell, fail) => {
      this.#waiting.set(instance.id, { instance, tell, fail })
      ask()
    })
  }

  take(id: string): Start | undefined {
    const start = this.#waiting.get(id)
    this.#waiting.delete(id)
    return start
  }

  takeAll(): Start[] {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    return all
  }
}

export function firstDelivery(instance: Instance): Delivery {
  const { execution, created } = instance
  return { execution, ordered: created, event: startedEvent(instance, created) }
}
