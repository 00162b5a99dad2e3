import { Pending } from './pending.ts'

interface LongTimer {
  /** Milliseconds since 1970. */
  readonly end: number
  readonly isCanceled: boolean
  /** The orchestration's own time. */
  readonly now: () => number
  readonly timer: (fireAt: number) => Pending
}

const DAY_MS = 24 * 60 * 60 * 1000
const LONGEST_MS = 6 * DAY_MS
const PART_MS = 3 * DAY_MS

/** Waits past six days are made of three-day timers (the extension's DurableOrchestrationContext.cs, CreateTimer). */
export function longTimer({ end, isCanceled, now, timer }: LongTimer): Pending {
  const outcome = new Pending()
  const wait = (until: number): void => {
    timer(until).whenSettled(() => {
      if (isCanceled || now() >= end) outcome.settle('completed')
      else wait(Math.min(end, now() + PART_MS))
    })
  }
  wait(end - now() > LONGEST_MS ? now() + PART_MS : end)
  return outcome
}
