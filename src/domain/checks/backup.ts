import type { Immutability } from '../terms/immutability.ts'
import { Temporal } from 'temporal-polyfill'
import { never, type Check } from './checks.ts'

/** A key backup as the store shows it when read back. Never the backup itself. */
export interface BackupSeen {
  readonly blobUrl: string
  /** How many versions the key has. Beyond `mostVersions` Key Vault makes no backup, and the rest is empty. */
  readonly versions: number
  /** Hexadecimal SHA-256 that the manifest beside the backup names. */
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

/** https://learn.microsoft.com/azure/key-vault/general/backup#limitations */
export const mostVersions = 500

/** An online copy nobody can change, as its manifest describes it (R45). */
export const backupChecks = (immutability: Immutability): readonly Check<BackupSeen>[] => [
  {
    code: 'backup-versions',
    requirement: 'R45',
    expected: `at most ${mostVersions} versions, or Key Vault makes no backup`,
    holds: ({ versions }) => versions <= mostVersions,
    describe: ({ versions }) => `${versions} versions`,
    remedy: () =>
      'This key can never be backed up again. Make a new key in another vault, move the policy to it, and keep this one ' +
      'and its last backup.',
    overridable: never
  },
  {
    code: 'backup-digest',
    requirement: 'R45',
    expected: 'the stored copy is the one its manifest describes',
    appliesTo: isMade,
    holds: ({ sha256, storedSha256, size }) => size > 0 && sha256 === storedSha256,
    describe: ({ storedSha256, size }) => `${size} bytes, SHA-256 ${storedSha256}`,
    remedy: ({ blobUrl }) =>
      `The copy at ${blobUrl} is not to be relied on. Find out who wrote it; change a tag of the key, which makes another.`,
    overridable: never
  },
  ...(immutability === 'required' ? immutable : [notImmutable])
]

function isMade({ versions }: BackupSeen): boolean {
  return versions <= mostVersions
}

const immutable: readonly Check<BackupSeen>[] = [
  {
    code: 'backup-locked',
    requirement: 'R45',
    expected: 'immutability Locked',
    appliesTo: isMade,
    holds: ({ immutabilityMode }) => immutabilityMode === 'Locked',
    describe: ({ immutabilityMode }) => `immutability ${immutabilityMode ?? 'absent'}`,
    remedy: ({ immutabilityMode }) =>
      immutabilityMode === undefined
        ? 'Give the backup container a version-level immutability policy and lock it, change a tag of the key, then retry. ' +
          'Only where the store cannot hold one, say so: CKEY_IMMUTABILITY=not-available.'
        : 'Lock the immutability policy of this blob and the default one of its container, then retry.',
    overridable: never
  },
  {
    code: 'backup-until',
    requirement: 'R45',
    expected: 'immutable beyond today',
    appliesTo: isMade,
    holds: ({ immutableUntil, now }) => immutableUntil !== undefined && isAfter(immutableUntil, now),
    describe: ({ immutableUntil }) => (immutableUntil === undefined ? 'no end known' : `until ${immutableUntil}`),
    remedy: () => 'Lengthen the immutability policy of this blob and the default one of its container, then retry.',
    overridable: never
  }
]

const notImmutable: Check<BackupSeen> = {
  code: 'backup-not-immutable',
  requirement: 'R45',
  expected: 'a store that may change its blobs, as CKEY_IMMUTABILITY=not-available says',
  appliesTo: isMade,
  holds: () => true,
  describe: ({ immutabilityMode }) => `immutability ${immutabilityMode ?? 'not available'}`,
  remedy: () => '',
  overridable: never
}

const isAfter = (one: string, other: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(one), Temporal.Instant.from(other)) > 0
