import type { Slot } from '../terms/evidence.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { isCopied } from './kept-key.ts'

/** A backup of a key's present state, and the newest word of somebody who keeps copies of the slot's backups. */
export interface CopiedBackupObserved {
  readonly version: string
  /** ISO 8601 UTC */
  readonly backedUpAt: string
  /** ISO 8601 UTC; undefined where nobody has said so. */
  readonly copiedAt: string | undefined
}

export interface CopiedBackupExpected {
  readonly slot: Slot
}

/** What was attested before a backup was made is no word about that backup (R45). */
export const copiedBackupChecks: readonly Check<CopiedBackupObserved, CopiedBackupExpected>[] = [
  {
    code: 'backup-copied',
    requirement: 'R45',
    on: 'backup',
    expected: ({ slot }) => `an offline copy of slot ${slot}, attested after this backup was made`,
    holds: isCopied,
    describe: ({ version, backedUpAt, copiedAt }) =>
      `version ${version} backed up ${backedUpAt}, offline copy ${copiedAt === undefined ? 'never attested' : `attested ${copiedAt}`}`,
    overridable: true,
    means:
      'The key was changed after an offline copy of its backups was attested: the backup of its present state is in no copy that ' +
      'anybody spoke of. Were the store lost, so would be the key’s newest state.',
    look: [
      'ckey export-backups --slot SLOT --to FOLDER   # the newest moment it names is the one to cover',
      'az keyvault key list-versions --vault-name VAULT --name KEY --query "[].{id:kid, updated:attributes.updated}" --output table'
    ],
    cure: (_, { slot }) =>
      `Find out who changed the key after the offline copy was attested. The person who keeps the copy of slot ${slot} runs ckey ` +
      `export-backups --slot ${slot} --to backups-slot-${slot}, stores that folder on a medium that no network reaches, then ckey ` +
      `attest-copy --slot ${slot} --location with words for where it lies; then retry.`,
    afterwards: retried,
    broken: [
      {
        observed: { version: 'VERSION', backedUpAt: '2026-11-30T00:00:00Z', copiedAt: '2026-11-29T00:00:00Z' },
        expected: { slot: 1 }
      }
    ]
  }
]
