/** Counts what is under way in a host: turns, activities, triggers, requests. Quiet means nothing is. */
export class Work {
  #underWay = 0
  readonly #onQuiet = new Set<() => void>()
  readonly #onBegin = new Set<() => void>()

  get quiet(): boolean {
    return this.#underWay === 0
  }

  /** Call the answer once, when the work has ended. */
  begin(): () => void {
    this.#underWay += 1
    notify(this.#onBegin)
    let ended = false
    return () => {
      if (ended) return
      ended = true
      this.#underWay -= 1
      if (this.quiet) notify(this.#onQuiet)
    }
  }

  async during<T>(job: () => Promise<T>): Promise<T> {
    const end = this.begin()
    try {
      return await job()
    } finally {
      end()
    }
  }

  /** True when everything has ended within `withinMs` milliseconds. */
  untilQuiet(withinMs: number): Promise<boolean> {
    if (this.quiet) return Promise.resolve(true)
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        this.#onQuiet.delete(done)
        resolve(this.quiet)
      }
      const timer = setTimeout(done, withinMs)
      this.#onQuiet.add(done)
    })
  }

  /** Aborted as soon as anything begins. */
  interruption(): AbortSignal {
    const controller = new AbortController()
    const begun = (): void => {
      this.#onBegin.delete(begun)
      controller.abort()
    }
    if (this.quiet) this.#onBegin.add(begun)
    else controller.abort()
    return controller.signal
  }
}

function notify(listeners: Set<() => void>): void {
  for (const listener of [...listeners]) listener()
}
