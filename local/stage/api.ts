import { setTimeout as sleep } from 'node:timers/promises'

export interface Answer {
  readonly status: number
  readonly body: unknown
}

interface Said {
  readonly actor: string
  readonly body?: unknown
}

/** `again`: Azure is still waited for, and there the app says later what came of it. */
interface Looked extends Answer {
  readonly again?: string
}

/**
 * An empty 500: the worker was lost while it had the request, or the host cannot write its state and ends. A person who sees
 * that tries again.
 */
const isLost = ({ status, body }: Answer): boolean => status === 500 && body === undefined

const isToBeAskedAgain = (answer: Answer, lost: number): boolean =>
  answer.status === 503 || (isLost(answer) && lost < mostLost)

const isWaiting = (body: unknown): boolean => typeof body === 'object' && body !== null && 'run' in body

/** A function that fails so often is broken, not lost. More often than a host ends before it is given up. */
const mostLost = 12

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

  /** Whether whoever asks is told so. */
  get closed(): boolean {
    return this.#closed !== undefined
  }

  get(path: string, actor?: string): Promise<Answer> {
    return this.#ask('GET', path, actor === undefined ? undefined : { actor })
  }

  post(path: string, actor: string, body: unknown): Promise<Answer> {
    return this.#ask('POST', path, { actor, body })
  }

  async #ask(method: string, path: string, said?: Said): Promise<Answer> {
    let again: string | undefined
    let lost = 0
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      const answer = await (again === undefined ? this.#once(method, path, said) : this.#once('GET', again))
      if (answer && isLost(answer)) lost += 1
      if (answer?.status === 202 && answer.again !== undefined) again = answer.again
      else if (answer && !isToBeAskedAgain(answer, lost)) return answer
      else if (answer) again = undefined // what was looked for has failed: it is asked for anew
      if (this.#closed) throw this.#closed
      await sleep(pause)
    }
  }

  /** Undefined: nobody answered. */
  async #once(method: string, path: string, said?: Said): Promise<Looked | undefined> {
    if (this.#base === undefined) return undefined
    try {
      const response = await fetch(`${this.#base}/api/${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-local-user': said?.actor ?? 'rehearsal@localhost' },
        signal: AbortSignal.timeout(60_000),
        ...(said?.body === undefined ? {} : { body: JSON.stringify(said.body) })
      })
      const text = await response.text()
      const body: unknown = text === '' ? undefined : JSON.parse(text)
      const place = isWaiting(body) ? response.headers.get('location') : null
      return { status: response.status, body, ...(place !== null && { again: place.replace('/api/', '') }) }
    } catch {
      return undefined
    }
  }
}
