import { Pending } from './pending.ts'

/**
 * Who waits for which external event: waiters of one name are a stack, early events a queue, and names are equal
 * whatever their case (the extension's DurableOrchestrationContext.cs, WaitForExternalEvent and RaiseEvent).
 */
export class EventWaiters {
  readonly #waiters = new Map<string, Pending[]>()
  readonly #early = new Map<string, number>()

  wait(name: string): Pending {
    const key = name.toLowerCase()
    const task = new Pending()
    const early = this.#early.get(key) ?? 0
    if (early > 0) {
      this.#early.set(key, early - 1)
      task.settle('completed')
    } else {
      this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), task])
    }
    return task
  }

  raise(name: string): void {
    const key = name.toLowerCase()
    const waiter = this.#waiters.get(key)?.pop()
    if (waiter) waiter.settle('completed')
    else this.#early.set(key, (this.#early.get(key) ?? 0) + 1)
  }
}
