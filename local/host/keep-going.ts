import type { Clock } from './clock.ts'
import type { Orchestrations } from './durable/orchestrations.ts'
import { type Log, messageOf } from './log.ts'
import type { Timers } from './triggers/timers.ts'
import type { Work } from './work.ts'

export interface KeepGoingOptions {
  readonly clock: Clock
  readonly work: Work
  readonly orchestrations: Orchestrations
  readonly timers: Timers
  readonly log: Log
}

/** While other work is under way, durable timers and triggers are looked after this often, in milliseconds. */
const WHILE_BUSY_MS = 50

/** Starts what time makes due, and tells the clock whenever nothing is left to do until a certain instant. */
export function keepGoing({ clock, work, orchestrations, timers, log }: KeepGoingOptions): { stop(): void } {
  let stopped = false
  const stopping = new AbortController()

  const startDue = (): boolean => {
    const woken = orchestrations.promote()
    return timers.fireDue() || woken
  }

  const run = async (): Promise<void> => {
    while (!stopped) {
      if (startDue() || !work.quiet) {
        await work.untilQuiet(WHILE_BUSY_MS)
        continue
      }
      const interrupted = AbortSignal.any([work.interruption(), stopping.signal])
      const due = earliest(orchestrations.nextDue(), timers.nextNotice())
      await clock.idle({ due, trigger: timers.next() }, interrupted)
    }
  }

  run().catch((error: unknown) => {
    if (!stopped)
      log({ level: 'critical', source: 'host', message: `The host no longer looks after timers: ${messageOf(error)}` })
  })
  return {
    stop() {
      stopped = true
      stopping.abort()
    }
  }
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
}
