import type { Immutability } from '../terms/immutability.ts'
import { Temporal } from 'temporal-polyfill'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'

/** A key backup as the store shows it when read back. Never the backup itself. */
export interface BackupObserved {
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
}

export interface BackupExpected {
  readonly immutability: Immutability
  /** ISO 8601 UTC */
  readonly now: string
}

/** https://learn.microsoft.com/azure/key-vault/general/backup#limitations */
export const mostVersions = 500

const broken = (change: Partial<BackupObserved>, expected: Partial<BackupExpected> = {}) => ({
  observed: {
    blobUrl: 'https://STORE.blob.core.windows.net/backups/VAULT/KEY/FINGERPRINT.keybackup',
    versions: 1,
    sha256: 'SHA256',
    storedSha256: 'SHA256',
    size: 4096,
    immutabilityMode: 'Locked',
    immutableUntil: '2027-11-30T00:00:00Z',
    ...change
  },
  expected: { immutability: 'required', now: '2026-11-30T00:00:00Z', ...expected } as const
})

const show = (what: string): readonly string[] => [
  `az storage blob show --auth-mode login --account-name STORE --container-name backups --name BLOB --query ${what}`
]

/** The key that a backup is of, as its name says it (`src/domain/backups/backup-name.ts`). */
function ofBlob(blobUrl: string): string {
  const [, vault = '', key = ''] = /\/backups\/([^/]+)\/([^/]+)\//.exec(decodeURIComponent(blobUrl)) ?? []
  return `--vault-name ${vault} --name ${key}`
}

const isMade = ({ versions }: BackupObserved): boolean => versions <= mostVersions

const mustBeImmutable = (observed: BackupObserved, { immutability }: BackupExpected): boolean =>
  isMade(observed) && immutability === 'required'

/** An online copy nobody can change, as its manifest describes it (R45). */
export const backupChecks: readonly Check<BackupObserved, BackupExpected>[] = [
  {
    code: 'backup-versions',
    requirement: 'R45',
    on: 'backup',
    expected: () => `at most ${mostVersions} versions, or Key Vault makes no backup`,
    holds: ({ versions }) => versions <= mostVersions,
    describe: ({ versions }) => `${versions} versions`,
    overridable: false,
    means: `The key has so many versions (over ${mostVersions}) that Key Vault makes no backup of it any more.`,
    look: ['az keyvault key list-versions --vault-name VAULT --name KEY --query "length(@)"'],
    cure: () =>
      'This key can never be backed up again. Make a new key in another vault, move the policy to it, and keep this one ' +
      'and its last backup. Stop whatever rotates it.',
    afterwards: retried,
    broken: [broken({ versions: 501 })]
  },
  {
    code: 'backup-digest',
    requirement: 'R45',
    on: 'backup',
    expected: () => 'the stored copy is the one its manifest describes',
    appliesTo: isMade,
    holds: ({ sha256, storedSha256, size }) => size > 0 && sha256 === storedSha256,
    describe: ({ storedSha256, size }) => `${size} bytes, SHA-256 ${storedSha256}`,
    overridable: false,
    means: 'The stored copy does not have the digest of its manifest: it was damaged, or written by somebody else.',
    look: show('"properties.contentSettings"'),
    cure: ({ blobUrl, storedSha256 }) =>
      `The copy at ${blobUrl} is not to be relied on. Find out who wrote it (the store’s logs); change a tag of the key (az keyvault ` +
      `key set-attributes ${ofBlob(blobUrl)} --tags not-good=${storedSha256.slice(0, 12)}), which makes another.`,
    afterwards: retried,
    broken: [broken({ storedSha256: 'ANOTHER' })]
  },
  {
    code: 'backup-locked',
    requirement: 'R45',
    on: 'backup',
    expected: () => 'immutability Locked',
    appliesTo: mustBeImmutable,
    holds: ({ immutabilityMode }) => immutabilityMode === 'Locked',
    describe: ({ immutabilityMode }) => `immutability ${immutabilityMode ?? 'absent'}`,
    overridable: false,
    means:
      'The backup’s immutability is not Locked: somebody with rights on the store could shorten it or delete the copy.',
    look: show('"properties.{immutability:immutabilityPolicy}"'),
    cure: ({ immutabilityMode }) =>
      immutabilityMode === undefined
        ? 'Give the backup container a version-level immutability policy and lock it, change a tag of the key, then retry. ' +
          'Only where the store cannot hold one, say so: CKEY_IMMUTABILITY=not-available; every report then shows it.'
        : 'Lock the immutability policy of this blob and the default one of its container (Azure portal, the container, Access ' +
          'policy, Lock), then retry.',
    afterwards: `From then on deploy \`infra/slot.bicep\` with \`policiesLocked=true\`. ${retried}`,
    broken: [broken({ immutabilityMode: 'Unlocked' }), broken({ immutabilityMode: undefined })]
  },
  {
    code: 'backup-until',
    requirement: 'R45',
    on: 'backup',
    expected: () => 'immutable beyond today',
    appliesTo: mustBeImmutable,
    holds: ({ immutableUntil }, { now }) => immutableUntil !== undefined && isAfter(immutableUntil, now),
    describe: ({ immutableUntil }) => (immutableUntil === undefined ? 'no end known' : `until ${immutableUntil}`),
    overridable: false,
    means: 'The backup’s immutability ends in the past, or today: from then on it can be deleted.',
    look: show('properties.immutabilityPolicy.expiryTime'),
    cure: ({ blobUrl }, { now }) =>
      'Lengthen the immutability policy of this blob (az storage blob immutability-policy set --auth-mode login ' +
      `${blobOf(blobUrl)} --expiry-time ${aYearAfter(now)} --policy-mode Locked), or until later, and the default one of its ` +
      'container, then retry.',
    afterwards: retried,
    broken: [broken({ immutableUntil: '2026-11-30T00:00:00Z' })]
  },
  {
    code: 'backup-not-immutable',
    requirement: 'R45',
    on: 'backup',
    expected: () => 'a store that may change its blobs, as CKEY_IMMUTABILITY=not-available says',
    appliesTo: (observed, { immutability }) => isMade(observed) && immutability === 'not-available',
    holds: () => true,
    describe: ({ immutabilityMode }) => `immutability ${immutabilityMode ?? 'not available'}`,
    overridable: false,
    means:
      'The deployment says that its store holds no immutability (CKEY_IMMUTABILITY=not-available). Evidence shows it everywhere; it ' +
      'blocks nothing, and is never a finding.',
    look: [
      `az functionapp config appsettings list --name APP --resource-group GROUP --query "[?name=='CKEY_IMMUTABILITY']"`
    ],
    cure: () => 'Move the backups to a store with version-level immutability, and remove the setting.',
    afterwards: 'Backups made from then on are locked; earlier ones stay where they are.',
    broken: [broken({ immutabilityMode: undefined }, { immutability: 'not-available' })]
  }
]

/** As the Azure CLI wants it. */
function blobOf(url: string): string {
  const [, store = 'STORE', name = 'BLOB'] = /^https:\/\/([^./]+)\.[^/]+\/backups\/(.+)$/.exec(url) ?? []
  return `--account-name ${store} --container-name backups --name "${decodeURIComponent(name)}"`
}

const aYearAfter = (now: string): string =>
  `${Temporal.Instant.from(now).toZonedDateTimeISO('UTC').add({ years: 1 }).toPlainDate().toString()}T00:00:00Z`

const isAfter = (one: string, other: string): boolean =>
  Temporal.Instant.compare(Temporal.Instant.from(one), Temporal.Instant.from(other)) > 0
