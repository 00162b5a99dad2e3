import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from './clock.ts'

export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number
  /** What happens then. */
  readonly happens: () => Promise<unknown>
}

/** A clock that stands still, and jumps to what comes next when nothing is runnable: every run has the same times. */
export interface ScriptedClock extends Clock {
  /** From now on the clock jumps, and lets happen what it comes to. `stuck`: nothing is left that could come. */
  begin(moments: readonly Moment[], stuck: () => void): void
}

export function scriptedClock(from: number): ScriptedClock {
  let time = from
  let left: Moment[] = []
  let stuck: (() => void) | undefined
  return {
    now: () => time,
    refresh: () => Promise.resolve(),
    begin(moments, whenStuck) {
      left = moments.toSorted((a, b) => a.at - b.at)
      stuck = whenStuck
    },
    async idle({ due }, interrupted) {
      const next = left[0]
      const instant = next === undefined ? due : Math.min(next.at, due ?? Infinity)
      if (!stuck || instant === undefined) {
        // An end that has just been recorded is told first.
        await sleep(PAUSE_MS, undefined, { signal: interrupted }).catch(() => undefined)
        if (!interrupted.aborted) stuck?.()
        return
      }
      time = Math.max(time, instant)
      if (next?.at !== instant) return
      left = left.slice(1)
      await next.happens()
    }
  }
}

const PAUSE_MS = 100
