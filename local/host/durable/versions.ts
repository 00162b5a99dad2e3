export interface VersionRule {
  /** The version that this host gives to new instances, and up to which it runs them. */
  readonly defaultVersion: string | null
  readonly matchStrategy: 'None' | 'Strict' | 'CurrentOrOlder'
  /** What becomes of others: left alone until a host of their version runs, or failed. */
  readonly failureStrategy: 'Reject' | 'Fail'
}

/**
 * Whether an instance of this version may run here, as DurableTask decides it (TaskOrchestrationDispatcher.cs 400-431,
 * Settings/VersioningSettings.cs). Without a default version every instance may.
 */
export function mayRun(version: string | null, { defaultVersion, matchStrategy }: VersionRule): boolean {
  if (defaultVersion === null || matchStrategy === 'None') return true
  return matchStrategy === 'Strict' ? version === defaultVersion : compare(version, defaultVersion) <= 0
}

/** None comes before any. Numbers with dots go by number, all else by its letters, whatever their case. */
function compare(one: string | null, other: string): number {
  if (!one?.trim()) return -1
  const [numbers, others] = [numbersOf(one), numbersOf(other)]
  if (!numbers || !others)
    return one.toLowerCase() < other.toLowerCase() ? -1 : Number(one.toLowerCase() !== other.toLowerCase())
  for (let part = 0; part < PARTS; part += 1) {
    // .NET counts a part that is not there as less than 0.
    const difference = (numbers[part] ?? -1) - (others[part] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

const PARTS = 4

/** What .NET's Version takes: two to four numbers. */
function numbersOf(version: string): number[] | undefined {
  return /^\d+(\.\d+){1,3}$/.test(version.trim()) ? version.trim().split('.').map(Number) : undefined
}
