import type { Sighting } from '../../domain/ledger/takeover.ts'

/** What one process saw at its last tick. Another begins anew, and is only later for it. */
export interface LastLook {
  /** ISO 8601 UTC */
  readonly at: string
  /** By chain. */
  readonly sights: ReadonlyMap<string, Sight>
}

export interface Sight {
  readonly seen: Sighting
  /** Since when it is seen so, without a turn between. */
  readonly since: string
  /** Why nothing goes on, where that is so. */
  readonly stopped?: string
}

const minute = 60_000

/** Before the first tick of a process: hints of the last minute may not have been given. */
export const noLook = (now: string): LastLook => ({
  at: new Date(Date.parse(now) - minute).toISOString(),
  sights: new Map()
})

export function sinceWhen({ sights }: LastLook, chain: string, seen: Sighting, now: string): string {
  const before = sights.get(chain)
  const isSame = before?.seen.state === seen.state && before.seen.updatedAt === seen.updatedAt
  return isSame ? before.since : now
}
