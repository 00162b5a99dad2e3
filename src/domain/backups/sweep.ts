import { causesFirst } from '../terms/by-cause.ts'
import type { Finding } from '../terms/evidence.ts'
import type { Tally } from './tally.ts'

/** How one key stands with its backups. Moments are ISO 8601 UTC. */
export interface KeyWatch {
  readonly vaultName: string
  readonly keyName: string
  readonly changedAt?: string
  /** When the state it is in now was backed up; absent while it is not. */
  readonly backedUpAt?: string
  /** Seconds from the last change to its backup; to now, while there is none. */
  readonly gapSeconds: number
  /** Whether an offline copy was attested since that backup. */
  readonly copied: boolean
}

/** What a sweep saw of one vault. */
export interface VaultWatch {
  readonly vaultName: string
  readonly keys: readonly KeyWatch[]
  /** How many keys, or whole vaults, could not be looked at. */
  readonly unknown: number
  readonly findings: readonly Finding[]
}

/** What the newest sweep found; the output of its orchestration, and so under 16 KB. */
export interface SweepReport {
  /** ISO 8601 UTC */
  readonly at: string
  readonly vaults: number
  readonly keys: number
  /** Keys whose present state no backup holds. */
  readonly behind: number
  /** The longest that any of those has been waiting, in seconds (R45). */
  readonly lagSeconds: number
  /** Keys, or whole vaults, that could not be looked at: their lag is not known. */
  readonly unknown: number
  /** Keys whose newest backup no attested offline copy holds. */
  readonly uncopied: number
  /** Events dropped by this process since it started. */
  readonly dropped: ReturnType<Tally['counts']>
  /** Events that Event Grid gave up and a person has not taken away yet. */
  readonly deadLetters: number
  /** The widest gaps first. */
  readonly widest: readonly KeyWatch[]
  readonly findings: readonly Finding[]
  /** All of them; `findings` holds the first. */
  readonly findingCount: number
}

/** What a sweep saw beside the vaults. Findings of subscriptions are absent in a history of before they were looked at. */
export type SweepBesides = Pick<SweepReport, 'dropped' | 'deadLetters'> & Partial<Pick<SweepReport, 'findings'>>

/** A change that waits longer for its backup is worth an alert (infra/modules/alerts.bicep). */
export const lateAfterSeconds = 1800

/** With findings of 500 bytes and keys of 200, the report stays well under 16 KB. */
const most = { findings: 12, keys: 24 }

export function sweepReport(
  at: string,
  watches: readonly VaultWatch[],
  { findings: ofSubscriptions = [], ...events }: SweepBesides
): SweepReport {
  const keys = watches.flatMap((watch) => watch.keys)
  const findings = [...ofSubscriptions, ...watches.flatMap((watch) => watch.findings)]
  const behind = keys.filter(({ backedUpAt }) => backedUpAt === undefined)
  return {
    at,
    vaults: watches.length,
    keys: keys.length,
    behind: behind.length,
    lagSeconds: lagOf(keys),
    unknown: watches.reduce((sum, watch) => sum + watch.unknown, 0),
    uncopied: keys.filter(({ copied }) => !copied).length,
    ...events,
    widest: [...keys].sort(byUrgency).slice(0, most.keys),
    findings: causesFirst(findings).slice(0, most.findings),
    findingCount: findings.length
  }
}

/** The gauge: the longest that a change has been waiting for its backup, in seconds. */
export const lagOf = (keys: readonly KeyWatch[]): number =>
  Math.max(0, ...keys.filter(({ backedUpAt }) => backedUpAt === undefined).map(({ gapSeconds }) => gapSeconds))

const byUrgency = (a: KeyWatch, b: KeyWatch): number =>
  Number(b.backedUpAt === undefined) - Number(a.backedUpAt === undefined) || b.gapSeconds - a.gapSeconds

/** Never negative: Key Vault dates changes in whole seconds, and by its own clock. */
export const gapSeconds = (changedAt: string | undefined, until: string): number =>
  changedAt === undefined ? 0 : Math.max(0, Math.round((Date.parse(until) - Date.parse(changedAt)) / 1000))
