import { setTimeout as sleep } from 'node:timers/promises'
import type { SimulatedClock } from '../azure/core/clock.ts'
import type { Clock } from '../host/clock.ts'

/** The simulated Azure's clock as the host beside it in this process has it. */
export function hostClock(clock: SimulatedClock): Clock {
  let idling: Promise<void> | undefined
  return {
    now: () => clock.now(),
    refresh: () => Promise.resolve(),
    async idle({ due }, interrupted) {
      const before = clock.offsetMs
      for (let pause = firstPauseMs; !interrupted.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
        // One report at a time: before time moves, the people look at what there is, which interrupts the host.
        idling ??= clock.idle(due).finally(() => {
          idling = undefined
        })
        await Promise.race([idling, aborted(interrupted)])
        if (clock.offsetMs !== before || (due !== undefined && due <= clock.now())) return
        await sleep(pause, undefined, { signal: interrupted }).catch(() => undefined)
      }
    }
  }
}

const firstPauseMs = 2
const longestPauseMs = 50

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
