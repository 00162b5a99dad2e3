import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'

/** The worker died while it ran a function: what that came to is not known. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost'
  override readonly message = 'node exited with code 137 (0x89).'
}

const running = new AsyncLocalStorage<Life>()

/** One worker's life, in a process where the next worker lives too. Nothing it still does reaches anybody once it is dead. */
export class Life {
  /** Resolves when the worker takes calls. */
  readonly ready: Promise<unknown>
  /** Rejects with `WorkerLost` when it dies. */
  readonly lost: Promise<never>
  readonly #end = new AbortController()
  readonly #requests = new Set<ClientRequest>()

  constructor(ready: Promise<unknown>) {
    cutOffTheDead()
    this.ready = ready
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => undefined) // only who runs a function hears of it
    this.lost = promise
    this.#end.signal.addEventListener('abort', () => reject(new WorkerLost()))
  }

  get isDead(): boolean {
    return this.#end.signal.aborted
  }

  /** Whatever `work` asks of others, now and later, is this worker's. */
  run<T>(work: () => T): T {
    return running.run(this, work)
  }

  die(): void {
    this.#end.abort()
    for (const request of this.#requests) request.destroy(new WorkerLost())
  }

  asks(request: ClientRequest): void {
    if (this.isDead) {
      request.destroy(new WorkerLost())
      return
    }
    this.#requests.add(request)
    request.once('close', () => this.#requests.delete(request))
  }
}

let isListening = false

/** The code of a dead worker cannot be stopped, but it gets no further than its next request. */
function cutOffTheDead(): void {
  if (isListening) return
  isListening = true
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { request: ClientRequest } // what Node documents for this channel
    running.getStore()?.asks(request)
  })
}
