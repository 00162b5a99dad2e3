import type { ActivityRow, Message } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { HistoryEvent } from './events.ts'
import { parseEvent } from './history-json.ts'

/** Something an instance is told, from the file or straight from an activity that has just ended. */
export interface Delivery {
  readonly execution: string | null
  readonly event: HistoryEvent
  readonly ordered: number
  /** The row it comes from. */
  readonly message?: number
  /** The activity it is the result of, whose row goes when the result is recorded. */
  readonly activity?: number
}

/**
 * Results of activities that no row holds yet. They are recorded by the turn that takes them in, which saves a commit
 * for each; a kill before it repeats the activity, as a kill before its own commit would.
 */
export class Inbox {
  readonly #byInstance = new Map<string, Delivery[]>()

  add({ instance, execution, id }: ActivityRow, event: HistoryEvent, ordered: number): void {
    const delivery: Delivery = { execution, event, ordered, activity: id }
    const others = this.#byInstance.get(instance)
    if (others) others.push(delivery)
    else this.#byInstance.set(instance, [delivery])
  }

  take(instance: string): Delivery[] {
    const taken = this.#byInstance.get(instance) ?? []
    this.#byInstance.delete(instance)
    return taken
  }

  takeAll(): [instance: string, deliveries: Delivery[]][] {
    const taken = [...this.#byInstance]
    this.#byInstance.clear()
    return taken
  }
}

/** Both in the order in which they came. */
export function inOrder(stored: readonly Message[], fresh: readonly Delivery[]): Delivery[] {
  const first = stored.map(({ id, event, ...rest }): Delivery => ({ ...rest, message: id, event: parseEvent(event) }))
  if (first.length === 0) return [...fresh]
  return [...first, ...fresh].sort((a, b) => a.ordered - b.ordered)
}

/** Inside a write: results that no turn takes in become messages. */
export function record(store: Store, instance: string, deliveries: readonly Delivery[]): void {
  for (const { activity, execution, event, ordered } of deliveries) {
    // Gone: its orchestration began anew, so nobody waits for the result.
    if (activity === undefined || !store.deleteActivity(activity)) continue
    store.post({ instance, execution, event: JSON.stringify(event), ordered })
  }
}
