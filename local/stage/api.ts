import { setTimeout as sleep } from 'node:timers/promises'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Nobody will answer any more. */
export class RehearsalOver extends Error {
  override readonly name = 'RehearsalOver'
}

/** The app's own HTTP API, as a person uses it; patient while the host is being started again. */
export class Api {
  #base: string | undefined
  #closed: Error | undefined

  /** The host listens here from now on. */
  moved(base: string): void {
    this.#base = base
  }

  /** Nobody will answer any more: whoever asks is told so instead of waiting. */
  close(why: Error = new RehearsalOver('The rehearsal is over: the host does not answer any more.')): void {
    this.#closed ??= why
  }

  get(path: string): Promise<Answer> {
    return this.#ask('GET', path)
  }

  post(path: string, actor: string, body: unknown): Promise<Answer> {
    return this.#ask('POST', path, { actor, body })
  }

  async #ask(method: string, path: string, said?: { actor: string; body: unknown }): Promise<Answer> {
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      const answer = await this.#once(method, path, said)
      if (answer && answer.status !== 503) return answer
      if (this.#closed) throw this.#closed
      await sleep(pause)
    }
  }

  /** Undefined: nobody answered. */
  async #once(method: string, path: string, said?: { actor: string; body: unknown }): Promise<Answer | undefined> {
    if (this.#base === undefined) return undefined
    try {
      const response = await fetch(`${this.#base}/api/${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-local-user': said?.actor ?? 'rehearsal@localhost' },
        signal: AbortSignal.timeout(60_000),
        ...(said ? { body: JSON.stringify(said.body) } : {})
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    } catch {
      return undefined
    }
  }
}
