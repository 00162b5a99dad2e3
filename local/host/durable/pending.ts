/** Something an orchestration waits for. Like a promise, but it settles and tells its listeners at once, in order. */
export class Pending {
  state: 'running' | 'completed' | 'failed' = 'running'
  #listeners: (() => void)[] = []

  settle(state: 'completed' | 'failed'): void {
    if (this.state !== 'running') return
    this.state = state
    const listeners = this.#listeners
    this.#listeners = []
    for (const listener of listeners) listener()
  }

  whenSettled(listener: () => void): void {
    if (this.state === 'running') this.#listeners.push(listener)
    else listener()
  }
}

/** Settles when every one has, as .NET's Task.WhenAll does: a failure does not cut the wait short. */
export function all(tasks: readonly Pending[]): Pending {
  const together = new Pending()
  let open = tasks.length
  for (const task of tasks) {
    task.whenSettled(() => {
      open -= 1
      if (open === 0) together.settle(tasks.some((one) => one.state === 'failed') ? 'failed' : 'completed')
    })
  }
  return together
}

/** Settles with the first, as .NET's Task.WhenAny does: also a failure or a cancellation completes it. */
export function any(tasks: readonly Pending[]): Pending {
  const first = new Pending()
  for (const task of tasks) task.whenSettled(() => first.settle('completed'))
  return first
}
