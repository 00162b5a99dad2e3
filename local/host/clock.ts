import { setTimeout as sleep } from 'node:timers/promises'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /**
   * Called when nothing is runnable. Comes back when time may have moved so far that something is, or when
   * `interrupted`: something began.
   */
  idle(next: Next, interrupted: AbortSignal): Promise<void>
  /** Something came in from outside: makes sure that `now` tells the time. */
  refresh(): Promise<void>
}

/** What a host waits for, in milliseconds since 1970. */
export interface Next {
  /** Its earliest durable timer, or the next look at what died: a skipping clock jumps to it. */
  readonly due: number | undefined
  /** Its earliest recurring trigger, which fires when passed over and never causes a jump. */
  readonly trigger: number | undefined
}

/** The machine's clock, `offsetMs` ahead where a state file has been used with a skipping clock before. */
export function realClock(offsetMs = 0): Clock {
  const now = (): number => Date.now() + offsetMs
  return {
    now,
    idle: (next, interrupted) => waitUntil(earliest(next), now, interrupted),
    refresh: () => Promise.resolve()
  }
}

/** Jumps to the next durable timer as soon as the host is idle. `save` is told the offset before it is used. */
export function skippingClock(offsetMs: number, save: (offsetMs: number) => void): Clock {
  let offset = offsetMs
  const now = (): number => Date.now() + offset
  return {
    now,
    async idle(next, interrupted) {
      if (next.due === undefined) return waitUntil(next.trigger, now, interrupted)
      const ahead = Math.max(0, next.due - now())
      if (ahead === 0) return
      save(offset + ahead)
      offset += ahead
    },
    refresh: () => Promise.resolve()
  }
}

/** Real time until `instant`, or for good when there is none; cut short when interrupted. */
async function waitUntil(instant: number | undefined, now: () => number, interrupted: AbortSignal): Promise<void> {
  const delay = instant === undefined ? LONGEST_MS : Math.min(Math.max(0, instant - now()), LONGEST_MS)
  await sleep(delay, undefined, { signal: interrupted }).catch(() => undefined)
}

/** Node's timers hold no more than 2³¹ ms; waking once an hour also meets a machine that was asleep. */
const LONGEST_MS = 60 * 60 * 1000

function earliest({ due, trigger }: Next): number | undefined {
  if (due === undefined || trigger === undefined) return due ?? trigger
  return Math.min(due, trigger)
}
