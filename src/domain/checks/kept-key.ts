import { Temporal } from 'temporal-polyfill'
import { lookedAtAgain } from './afterwards.ts'
import type { Check } from './checks.ts'
import { isLastDay } from './key-terms.ts'
import type { Slot } from '../terms/evidence.ts'
import type { KeyVersion } from '../resources/key.ts'
import { parseKeyId } from '../terms/key-uri.ts'
import { daysToCopy } from '../backups/offline-copy.ts'

/** A key that is looked after, with all its versions. */
export interface KeptKeyObserved {
  readonly versions: readonly KeyVersion[]
  /** When its present state was backed up; undefined while it is not. */
  readonly backedUpAt: string | undefined
  /** When the newest offline copy of its slot was attested. */
  readonly copiedAt: string | undefined
}

export interface KeptKeyExpected {
  readonly vaultName: string
  readonly keyName: string
  readonly slot: Slot
  /** ISO 8601 UTC */
  readonly now: string
}

/** Event Grid tells of an expiry this many days ahead (`KeyNearExpiry`). */
const nearDays = 30

const version: KeyVersion = {
  id: 'https://vault.vault.azure.net/keys/KEY/0123456789abcdef0123456789abcdef',
  enabled: true,
  createdOn: undefined,
  updatedOn: undefined,
  expiresOn: undefined,
  notBefore: undefined,
  recoveryLevel: 'Recoverable+ProtectedSubscription',
  tags: {}
}
const broken = (change: Partial<KeyVersion>, copies: Partial<KeptKeyObserved> = {}) => ({
  observed: { versions: [{ ...version, ...change }], backedUpAt: undefined, copiedAt: undefined, ...copies },
  expected: { vaultName: 'VAULT', keyName: 'KEY', slot: 1, now: '2026-11-30T00:00:00Z' } as const
})

const look = [
  'az keyvault key list-versions --vault-name VAULT --name KEY --query ' +
    '"[].{id:kid, enabled:attributes.enabled, expires:attributes.expires}" --output table'
]

/** What must go on holding of every version, old ones too: data is still wrapped with those (R40, R42, R43). */
export const keptKeyChecks: readonly Check<KeptKeyObserved, KeptKeyExpected>[] = [
  {
    code: 'key-versions-enabled',
    requirement: 'R40',
    on: 'key',
    expected: () => 'every version enabled',
    holds: (observed) => disabled(observed).length === 0,
    describe: (observed) =>
      disabled(observed).length === 0 ? 'all enabled' : `disabled: ${listed(disabled(observed))}`,
    overridable: false,
    means: 'A version of the key is disabled. What it wrapped cannot be read.',
    look,
    cure: (observed, { vaultName, keyName }) =>
      `Data wrapped with a disabled version cannot be read. Find out who disabled it; run Update-AzKeyVaultKey -VaultName ` +
      `${vaultName} -Name ${keyName} -Version ${versionOf(disabled(observed)[0])} -Enable $true (az keyvault key set-attributes --id ` +
      'VERSION_ID --enabled true).',
    afterwards: lookedAtAgain,
    broken: [broken({ enabled: false })]
  },
  {
    code: 'key-not-expired',
    requirement: 'R43',
    on: 'key',
    expected: () => 'no version past its expiration date',
    holds: (observed, { now }) => expiring(observed, now, 0).length === 0,
    describe: (observed, { now }) =>
      expiring(observed, now, 0).length === 0 ? 'none expired' : `expired: ${listed(expiring(observed, now, 0))}`,
    overridable: false,
    means: 'A version of the key is past its expiration date: Microsoft 365 can no longer use it.',
    look,
    cure: (observed, expected) => lengthen(expected, expiring(observed, expected.now, 0)),
    afterwards: lookedAtAgain,
    broken: [broken({ expiresOn: '2026-11-29T00:00:00Z' })]
  },
  {
    code: 'key-not-expiring',
    requirement: 'R42',
    on: 'key',
    expected: () => `no version that expires within ${nearDays} days`,
    holds: (observed, { now }) => soon(observed, now).length === 0,
    describe: (observed, { now }) =>
      soon(observed, now).length === 0 ? 'none expires soon' : `expires soon: ${listed(soon(observed, now))}`,
    overridable: false,
    means: 'A version of the key expires soon. On that day Microsoft 365 loses the data.',
    look,
    cure: (observed, expected) => lengthen(expected, soon(observed, expected.now)),
    afterwards: lookedAtAgain,
    broken: [broken({ expiresOn: '2026-12-10T00:00:00Z' })]
  },
  {
    // The newest version is looked at as before the hand-off (key-expiry).
    code: 'key-versions-expiry',
    requirement: 'R42',
    on: 'key',
    expected: () => 'no older version with an expiration date but 9999-12-31',
    holds: (observed, { now }) => someDay(observed, now).length === 0,
    describe: (observed, { now }) =>
      someDay(observed, now).length === 0 ? 'none expires' : `expires some day: ${listed(someDay(observed, now))}`,
    overridable: false,
    means:
      'An older version of the key has an expiration date. Data stays wrapped with older versions for as long as it lives.',
    look,
    cure: (observed, expected) => lengthen(expected, someDay(observed, expected.now)),
    afterwards: lookedAtAgain,
    broken: [
      {
        ...broken({}),
        observed: {
          ...broken({}).observed,
          versions: [
            { ...version, createdOn: '2026-10-01T00:00:00Z', expiresOn: '2030-01-01T00:00:00Z' },
            { ...version, createdOn: '2026-11-01T00:00:00Z' }
          ]
        }
      }
    ]
  },
  {
    code: 'offline-copy',
    requirement: 'R45',
    on: 'key',
    expected: () => `an offline copy, attested within ${daysToCopy} days of the newest backup`,
    holds: (observed, { now }) => isCopied(observed) || !isOld(observed, now),
    describe: (observed) =>
      `backed up ${observed.backedUpAt ?? 'not yet'}, ${isCopied(observed) ? 'copied' : `offline copy ${observed.copiedAt ?? 'never'}`}`,
    overridable: false,
    means:
      `A key was backed up more than ${daysToCopy} days ago, and nobody has attested an offline copy since. Were the store lost, so ` +
      'would be the key’s newest state. Nobody keeps the copies of both slots.',
    look: [
      'ckey export-backups --slot SLOT --to FOLDER   # the newest moment it names is the one to cover',
      'az storage blob list --auth-mode login --account-name RECORDS --container-name records --prefix offline-copies/slot-SLOT/ ' +
        '--query "[].name"'
    ],
    cure: (_, { slot }) =>
      `The person who keeps the copy of slot ${slot} runs ckey export-backups --slot ${slot} --to FOLDER, stores it on a medium that ` +
      `no network reaches, then ckey attest-copy --slot ${slot} --location WHERE.`,
    afterwards: lookedAtAgain,
    broken: [broken({}, { backedUpAt: '2026-11-01T00:00:00Z' })]
  }
]

/** Whether the present state of a key lies offline too, or has no backup that could. */
export const isCopied = ({ backedUpAt, copiedAt }: Pick<KeptKeyObserved, 'backedUpAt' | 'copiedAt'>): boolean =>
  backedUpAt === undefined || (copiedAt !== undefined && copiedAt >= backedUpAt)

const isOld = ({ backedUpAt }: KeptKeyObserved, now: string): boolean =>
  backedUpAt !== undefined && Date.parse(now) > Date.parse(backedUpAt) + daysToCopy * 86_400_000

const disabled = ({ versions }: KeptKeyObserved) => versions.filter(({ enabled }) => !enabled)

function expiring({ versions }: KeptKeyObserved, now: string, days: number) {
  const limit = Temporal.Instant.from(now).epochMilliseconds + days * 86_400_000
  return versions.filter(
    ({ expiresOn }) => expiresOn !== undefined && Temporal.Instant.from(expiresOn).epochMilliseconds <= limit
  )
}

const soon = (observed: KeptKeyObserved, now: string) =>
  expiring(observed, now, nearDays).filter((each) => !expiring(observed, now, 0).includes(each))

/** Older versions with a date that is neither the last day nor near. */
function someDay(observed: KeptKeyObserved, now: string): KeyVersion[] {
  const near = expiring(observed, now, nearDays)
  const [, ...older] = observed.versions.toSorted((one, other) =>
    (one.createdOn ?? '') < (other.createdOn ?? '') ? 1 : -1
  )
  return older.filter((each) => each.expiresOn !== undefined && !isLastDay(each.expiresOn) && !near.includes(each))
}

const versionOf = (one: KeyVersion | undefined): string => parseKeyId(one?.id ?? '').version ?? ''

const listed = (versions: readonly KeyVersion[]): string =>
  versions.slice(0, 3).map(versionOf).join(', ') + (versions.length > 3 ? ` and ${versions.length - 3} more` : '')

const lengthen = ({ vaultName, keyName }: KeptKeyExpected, versions: readonly KeyVersion[]): string =>
  `Run Update-AzKeyVaultKey -VaultName ${vaultName} -Name ${keyName} -Version ${versionOf(versions[0])} -Expires ` +
  '(Get-Date -Date "12/31/9999"), for each version named (az keyvault key set-attributes --id VERSION_ID --expires ' +
  '9999-12-31T00:00:00Z). Then look which policy or person set the date.'
