import type { Finding } from '../terms/evidence.ts'

/** How a run for the events of one key and minute ended. */
export type KeyBackupOutcome =
  | {
      readonly outcome: 'backed-up' | 'unchanged' | 'not-ours' | 'gone'
      readonly keys: number
      /** Of an event about the whole vault: what no longer holds of it and of who may do what with its keys. */
      readonly findings?: readonly Finding[]
    }
  /** Azure did not let it be done in time: the sweep does it. */
  | { readonly outcome: 'put-off'; readonly why: string }
  /** The event claims a minute that has not come: no true event does. */
  | { readonly outcome: 'ahead-of-time' }

/** Seconds after the end of the minute: more than clocks of Azure differ. */
const graceMs = 30_000
const minuteMs = 60_000
const tolerableMs = 5 * minuteMs

/** ISO 8601: from then on, every change that an event of this minute tells of can be seen. */
export const lookAfter = (minute: string): string => new Date(Date.parse(minute) + minuteMs + graceMs).toISOString()

export const isAheadOfTime = (minute: string, now: string): boolean =>
  Date.parse(minute) > Date.parse(now) + tolerableMs

/** Whether a later event of the same key and minute finds its work done. */
export const isDone = ({ outcome }: KeyBackupOutcome): boolean => outcome !== 'put-off' && outcome !== 'ahead-of-time'
