import { setTimeout as sleep } from 'node:timers/promises'
import type { SimulatedClock } from '../azure/core/clock.ts'
import type { Clock } from '../host/clock.ts'

/** The simulated Azure's clock as each host beside it in this process has it: time moves when all of them are idle. */
export function hostClocks(clock: SimulatedClock): () => Clock {
  let hosts = 0
  const dues = new Map<Clock, number | undefined>()
  let idling: Promise<void> | undefined
  /** One report at a time: before time moves, the people look at what there is, which interrupts a host. */
  const report = async (): Promise<void> => {
    if (dues.size < hosts) return
    idling ??= clock.idle(earliest([...dues.values()])).finally(() => {
      idling = undefined
    })
    await idling
  }
  return () => {
    hosts += 1
    const mine: Clock = {
      now: () => clock.now(),
      refresh: () => Promise.resolve(),
      async idle({ due }, interrupted) {
        const before = clock.offsetMs
        dues.set(mine, due)
        for (let pause = firstPauseMs; !interrupted.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
          await Promise.race([report(), aborted(interrupted)])
          if (clock.offsetMs !== before || (due !== undefined && due <= clock.now())) break
          await sleep(pause, undefined, { signal: interrupted }).catch(() => undefined)
        }
        dues.delete(mine)
      }
    }
    return mine
  }
}

const firstPauseMs = 2
const longestPauseMs = 50

function earliest(dues: readonly (number | undefined)[]): number | undefined {
  const known = dues.filter((due) => due !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
