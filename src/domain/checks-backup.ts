import { Temporal } from 'temporal-polyfill'
import { never, type Check } from './checks.ts'

/** A key backup as the store shows it when read back. Never the backup itself. */
export interface BackupSeen {
  readonly blobUrl: string
  /** Hexadecimal SHA-256 of what Key Vault returned. */
  readonly sha256: string
  /** Hexadecimal SHA-256 of what the store holds. */
  readonly storedSha256: string
  /** Bytes. */
  readonly size: number
  /** `Locked`, `Unlocked` or absent. */
  readonly immutabilityMode: string | undefined
  /** ISO 8601 UTC */
  readonly immutableUntil: string | undefined
  /** ISO 8601 UTC */
  readonly now: string
}

/** An online copy nobody can change, of exactly what Key Vault returned (R45). */
export const backupChecks: readonly Check<BackupSeen>[] = [
  {
    code: 'backup-digest',
    requirement: 'R45',
    expected: 'the stored copy is what Key Vault returned',
    holds: ({ sha256, storedSha256, size }) => size > 0 && sha256 === storedSha256,
    describe: ({ storedSha256, size }) => `${size} bytes, SHA-256 ${storedSha256}`,
    remedy: ({ blobUrl }) => `The copy at ${blobUrl} is not to be relied on. Retry: it makes another.`,
    overridable: never
  },
  {
    code: 'backup-locked',
    requirement: 'R45',
    expected: 'immutability Locked',
    holds: ({ immutabilityMode }) => immutabilityMode === 'Locked',
    describe: ({ immutabilityMode }) => `immutability ${immutabilityMode ?? 'absent'}`,
    remedy: () => 'Lock the default immutability policy of the backup container, then retry: it makes another copy.',
    overridable: never
  },
  {
    code: 'backup-until',
    requirement: 'R45',
    expected: 'immutable beyond today',
    holds: ({ immutableUntil, now }) => immutableUntil !== undefined && isAfter(immutableUntil, now),
    describe: ({ immutableUntil }) => (immutableUntil === undefined ? 'no end known' : `until ${immutableUntil}`),
    remedy: () => 'Lengthen the immutability policy of the backup container, then retry: it makes another copy.',
    overridable: never
  }
]

const isAfter = (one: string, other: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(one), Temporal.Instant.from(other)) > 0
