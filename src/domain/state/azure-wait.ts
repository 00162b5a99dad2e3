/** A wait on Azure, for whoever looks. Moments are ISO 8601 UTC. */
export interface AzureWait {
  /** What it waits for: `vault contoso-ck-ex-na-vaulta1 to be ready`. */
  readonly what: string
  readonly since: string
  /** Azure's last words about it. */
  readonly said: string
  readonly nextLook: string
}

/** A wait that has lasted too long, or that Azure itself wants to be longer: `until` it wants to be left alone. */
export type Stalled = Omit<AzureWait, 'nextLook'> & { readonly until?: string }

/** Seconds: until the second look, between looks at most, and from the first look to the finding. */
export interface Patience {
  readonly first: number
  readonly longest: number
  readonly most: number
}

/** Where nothing better is known. Eight looks: so many rows of history, however often people say `retry`. */
export const anHour: Patience = { first: 30, longest: 1800, most: 3600 }

/** How long Azure may show what was there before one's own change. */
export const aMinute: Patience = { first: 10, longest: 20, most: 60 }

export const isWithinAMinute = (since: string, now: string): boolean => secondsBetween(since, now) < aMinute.most

interface Waited {
  readonly since: string
  readonly now: string
  /** How many looks were in vain. */
  readonly looks: number
  /** For how many seconds Azure asked to be left alone. */
  readonly asked: number
}

/** When to look again: later each time, never before Azure wants it. Undefined: the wait is over its bound. */
export function nextLookAt(
  { since, now, looks, asked }: Waited,
  { first, longest, most }: Patience
): string | undefined {
  const over = later(since, most)
  if (now >= over || asked > most) return undefined
  const pause = Math.min(first * 2 ** (looks - 1), longest)
  const [next, soonest] = [later(now, Math.max(asked, pause)), later(now, asked)]
  return next < over ? next : over > soonest ? over : soonest
}

/** Whatever Azure says, it is a moment that can be written. */
export const later = (iso: string, seconds: number): string =>
  new Date(Date.parse(iso) + Math.min(seconds, aHundredYears) * 1000).toISOString()

const aHundredYears = 100 * 366 * 24 * 3600

/** 0 when the second moment is the earlier one. */
export const secondsBetween = (from: string, to: string): number =>
  Math.max(Date.parse(to) - Date.parse(from), 0) / 1000
