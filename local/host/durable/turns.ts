import type { Work } from '../work.ts'

export interface TurnsOptions {
  readonly work: Work
  /** How many orchestrator functions run at once. */
  readonly maxConcurrent: number
  /** Takes one turn; calls `played` when the orchestrator has run and only its checkpoint is still to be written. */
  readonly take: (instance: string, played: () => void) => Promise<void>
}

/** Who gets a turn when: each instance one at a time, and only after everything that is ready has come in. */
export class Turns {
  stopped = false
  readonly #options: TurnsOptions
  readonly #ready = new Set<string>()
  readonly #inTurn = new Set<string>()
  #playing = 0
  #asked = false

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** Results that arrive together are thus taken in by one turn, and turns that are ready together share a commit. */
  ask(instance: string): void {
    this.#ready.add(instance)
    if (this.#asked || this.stopped) return
    this.#asked = true
    const end = this.#options.work.begin()
    setImmediate(() => {
      this.#asked = false
      this.#give()
      end()
    })
  }

  stop(): void {
    this.stopped = true
  }

  #give(): void {
    for (const instance of this.#ready) {
      if (this.stopped || this.#playing >= this.#options.maxConcurrent) return
      if (this.#inTurn.has(instance)) continue
      this.#ready.delete(instance)
      this.#inTurn.add(instance)
      void this.#options.work.during(() => this.#take(instance))
    }
  }

  async #take(instance: string): Promise<void> {
    const { take } = this.#options
    this.#playing += 1
    let isPlaying = true
    const played = (): void => {
      if (!isPlaying) return
      isPlaying = false
      this.#playing -= 1
      this.#give()
    }
    try {
      await take(instance, played)
    } finally {
      this.#inTurn.delete(instance)
      played()
      this.#give()
    }
  }
}
