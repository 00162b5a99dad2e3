import { Temporal } from 'temporal-polyfill'
import { never, type Check } from './checks.ts'
import type { Slot } from '../terms/evidence.ts'
import type { KeyVersion } from '../resources/key.ts'
import { parseKeyId } from '../terms/key-uri.ts'
import { daysToCopy } from '../backups/offline-copy.ts'

/** A key that is looked after, with all its versions. */
export interface KeyWatched {
  readonly vaultName: string
  readonly keyName: string
  readonly versions: readonly KeyVersion[]
  /** ISO 8601 UTC */
  readonly now: string
  readonly slot: Slot
  /** When its present state was backed up; undefined while it is not. */
  readonly backedUpAt: string | undefined
  /** When the newest offline copy of its slot was attested. */
  readonly copiedAt: string | undefined
}

/** Event Grid tells of an expiry this many days ahead (`KeyNearExpiry`). */
const nearDays = 30

/** What must go on holding of every version, old ones too: data is still wrapped with those (R40, R42, R43). */
export const watchChecks: readonly Check<KeyWatched>[] = [
  {
    code: 'key-versions-enabled',
    requirement: 'R40',
    expected: 'every version enabled',
    holds: (seen) => disabled(seen).length === 0,
    describe: (seen) => (disabled(seen).length === 0 ? 'all enabled' : `disabled: ${listed(disabled(seen))}`),
    remedy: ({ vaultName, keyName, ...seen }) =>
      `Data wrapped with a disabled version cannot be read. Find out who disabled it; run Update-AzKeyVaultKey -VaultName ` +
      `${vaultName} -Name ${keyName} -Version ${versionOf(disabled(seen)[0])} -Enable $true.`,
    overridable: never
  },
  {
    code: 'key-not-expired',
    requirement: 'R43',
    expected: 'no version past its expiration date',
    holds: (seen) => expiring(seen, 0).length === 0,
    describe: (seen) => (expiring(seen, 0).length === 0 ? 'none expired' : `expired: ${listed(expiring(seen, 0))}`),
    remedy: (seen) => lengthen(seen, expiring(seen, 0)),
    overridable: never
  },
  {
    code: 'key-not-expiring',
    requirement: 'R42',
    expected: `no version that expires within ${nearDays} days`,
    holds: (seen) => soon(seen).length === 0,
    describe: (seen) => (soon(seen).length === 0 ? 'none expires soon' : `expires soon: ${listed(soon(seen))}`),
    remedy: (seen) => lengthen(seen, soon(seen)),
    overridable: never
  },
  {
    code: 'offline-copy',
    requirement: 'R45',
    expected: `an offline copy, attested within ${daysToCopy} days of the newest backup`,
    holds: (seen) => isCopied(seen) || !isOld(seen),
    describe: (seen) =>
      `backed up ${seen.backedUpAt ?? 'not yet'}, ${isCopied(seen) ? 'copied' : `offline copy ${seen.copiedAt ?? 'never'}`}`,
    remedy: ({ slot }) =>
      `The person who keeps the copy of slot ${String(slot)} runs ckey export-backups --slot ${String(slot)} --to FOLDER, stores it offline, ` +
      `then ckey attest-copy --slot ${String(slot)} --location WHERE.`,
    overridable: never
  }
]

/** Whether the present state of a key lies offline too, or has no backup that could. */
export const isCopied = ({ backedUpAt, copiedAt }: Pick<KeyWatched, 'backedUpAt' | 'copiedAt'>): boolean =>
  backedUpAt === undefined || (copiedAt !== undefined && copiedAt >= backedUpAt)

const isOld = ({ backedUpAt, now }: KeyWatched): boolean =>
  backedUpAt !== undefined && Date.parse(now) > Date.parse(backedUpAt) + daysToCopy * 86_400_000

const disabled = ({ versions }: Pick<KeyWatched, 'versions'>) => versions.filter(({ enabled }) => !enabled)

function expiring({ versions, now }: KeyWatched, days: number) {
  const limit = Temporal.Instant.from(now).epochMilliseconds + days * 86_400_000
  return versions.filter(
    ({ expiresOn }) => expiresOn !== undefined && Temporal.Instant.from(expiresOn).epochMilliseconds <= limit
  )
}

const soon = (seen: KeyWatched) => expiring(seen, nearDays).filter((version) => !expiring(seen, 0).includes(version))

const versionOf = (version: KeyVersion | undefined): string => parseKeyId(version?.id ?? '').version ?? ''

const listed = (versions: readonly KeyVersion[]): string =>
  versions.slice(0, 3).map(versionOf).join(', ') + (versions.length > 3 ? ` and ${versions.length - 3} more` : '')

const lengthen = ({ vaultName, keyName }: KeyWatched, versions: readonly KeyVersion[]): string =>
  `Run Update-AzKeyVaultKey -VaultName ${vaultName} -Name ${keyName} -Version ${versionOf(versions[0])} -Expires ` +
  '(Get-Date -Date "12/31/9999"), for each version named.'

/** What stands where the vault of a key was looked for. */
export interface VaultWatched {
  readonly vaultName: string
  readonly exists: boolean
  readonly tagged: boolean
  /** Keys that the store holds backups of and the vault does not have. */
  readonly missing: readonly string[]
}

export const vaultWatchChecks: readonly Check<VaultWatched>[] = [
  {
    code: 'vault-there',
    requirement: 'R34',
    expected: 'the vault exists',
    holds: ({ exists }) => exists,
    describe: ({ exists }) => (exists ? 'it exists' : 'there is no such vault'),
    remedy: ({ vaultName }) =>
      `Recover it now, before its name and keys are gone: az keyvault recover --name ${vaultName}. Then give its ` +
      'permissions again and find out who deleted it.',
    overridable: never
  },
  {
    code: 'vault-tagged',
    requirement: 'R45',
    expected: 'the tag customer-key-onboarding',
    appliesTo: ({ exists }) => exists,
    holds: ({ tagged }) => tagged,
    describe: ({ tagged }) => (tagged ? 'tagged' : 'without the tag'),
    remedy: ({ vaultName }) =>
      `Events of ${vaultName} are dropped while it lacks the tag; only the sweep backs it up. Put the tag back.`,
    overridable: never
  },
  {
    code: 'keys-there',
    requirement: 'R34',
    expected: 'every key that was ever backed up',
    appliesTo: ({ exists }) => exists,
    holds: ({ missing }) => missing.length === 0,
    describe: ({ missing }) => (missing.length === 0 ? 'all there' : `gone: ${missing.slice(0, 3).join(', ')}`),
    remedy: ({ vaultName, missing }) =>
      `Recover it now: az keyvault key recover --vault-name ${vaultName} --name ${missing[0] ?? ''}. Only if that is ` +
      'impossible, restore its newest backup (ckey restore).',
    overridable: never
  }
]
