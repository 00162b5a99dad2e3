import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Next } from './clock.ts'

/**
 * A clock that lives in another process, as that of a rehearsal does, which outlives the host: `GET url` answers
 * `{ offsetMs }`; `POST url/idle` with `{ due: ISO | null }` says that nothing is runnable before `due` and answers
 * the same once time has moved, or not.
 */
export async function remoteClock(url: string): Promise<Clock> {
  const base = url.replace(/\/$/, '')
  let offset = await readOffset(base)
  let idling: Promise<void> | undefined
  const now = (): number => Date.now() + offset
  /** Time never goes back, in whatever order answers come. */
  const learn = (told: number): void => {
    offset = Math.max(offset, told)
  }

  const report = async (due: number | undefined): Promise<void> => {
    const body = JSON.stringify({ due: due === undefined ? null : new Date(due).toISOString() })
    const answer = await fetch(`${base}/idle`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' }
    })
    learn(offsetIn(await answer.json()))
  }

  return {
    now,
    async idle({ due }: Next, interrupted: AbortSignal) {
      const before = offset
      for (let pause = FIRST_PAUSE_MS; !interrupted.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        // One report at a time: the owner of the clock answers late when it first lets others act.
        idling ??= report(due)
          .catch(() => sleep(AFTER_FAILURE_MS))
          .finally(() => {
            idling = undefined
          })
        await Promise.race([idling, aborted(interrupted)])
        if (offset !== before || (due !== undefined && due <= now())) return
        await sleep(pause, undefined, { signal: interrupted }).catch(() => undefined)
      }
    },
    async refresh() {
      learn(await readOffset(base)) // others move the clock too, while this host is busy or rests between two reports
    }
  }
}

const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 500
const AFTER_FAILURE_MS = 200
const ATTEMPTS = 50

async function readOffset(base: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(`${base}/`)
      return offsetIn(await answer.json())
    } catch (error) {
      if (attempt === ATTEMPTS)
        throw new Error(`The clock at ${base} does not answer. Start its owner, or unset CKEY_CLOCK_URL.`, {
          cause: error
        })
      await sleep(AFTER_FAILURE_MS)
    }
  }
}

function offsetIn(answer: unknown): number {
  if (typeof answer === 'object' && answer !== null && 'offsetMs' in answer && typeof answer.offsetMs === 'number')
    return answer.offsetMs
  throw new Error('The clock answered no { "offsetMs": number }.')
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
