import type { Key, KeyVersion } from '../resources/key.ts'
import { parseKeyId } from '../terms/key-uri.ts'
import { retried } from './afterwards.ts'
import { joined, runChecks, type Check, type CheckedResource, type CheckResults } from './checks.ts'
import { isLastDay, millisecondsOf, soundVersion, type KeyExpected } from './key-terms.ts'
import { keyChecks } from './key.ts'

export interface KeyVersionsObserved {
  /** Those that are looked at: all of them, or the older ones where the newest is looked at as a whole (key.ts). */
  readonly versions: readonly KeyVersion[]
  readonly older: readonly KeyVersion[]
}

export interface KeyVersionsExpected {
  readonly vaultName: string
  readonly keyName: string
  /** ISO 8601 UTC */
  readonly now: string
}

/** Event Grid tells of an expiry this many days ahead (`KeyNearExpiry`). */
const nearDays = 30

function broken(change: Partial<KeyVersion>) {
  const versions = [{ ...soundVersion, ...change }]
  return {
    observed: { versions, older: versions },
    expected: { vaultName: 'VAULT', keyName: 'KEY', now: '2026-11-30T00:00:00Z' }
  }
}

const look = [
  'az keyvault key list-versions --vault-name VAULT --name KEY --query ' +
    '"[].{id:kid, enabled:attributes.enabled, expires:attributes.expires, notBefore:attributes.notBefore}" --output table'
]

type VersionsCheck = Check<KeyVersionsObserved, KeyVersionsExpected>

interface Wrong extends Pick<VersionsCheck, 'code' | 'requirement' | 'means' | 'cure' | 'broken'> {
  readonly expected: string
  /** The versions of which it does not hold. */
  readonly among: (observed: KeyVersionsObserved, now: string) => readonly KeyVersion[]
  /** What is said of them, before their names, and where there are none. */
  readonly said: string
  readonly none: string
}

const ofVersions = ({ among, said, none, expected, ...check }: Wrong): VersionsCheck => ({
  ...check,
  on: 'key',
  expected: () => expected,
  holds: (observed, { now }) => among(observed, now).length === 0,
  describe: (observed, { now }) =>
    among(observed, now).length === 0 ? none : `${said}: ${listed(among(observed, now))}`,
  overridable: false,
  look,
  afterwards: retried
})

/** What must hold of every version of a key: data is still wrapped with the older ones (R40, R42, R43). */
export const keyVersionsChecks: readonly VersionsCheck[] = [
  ofVersions({
    code: 'key-versions-enabled',
    requirement: 'R40',
    expected: 'every version enabled',
    among: disabled,
    said: 'disabled',
    none: 'all enabled',
    means: 'A version of the key is disabled. What it wrapped cannot be read.',
    cure: (observed, expected) =>
      'Data wrapped with a disabled version cannot be read. Find out who disabled it; ' +
      `${update(expected, disabled(observed), ['-Enable $true', '--enabled true'])}, then retry.`,
    broken: [broken({ enabled: false })]
  }),
  ofVersions({
    code: 'key-not-expired',
    requirement: 'R43',
    expected: 'no version past its expiration date',
    among: expired,
    said: 'expired',
    none: 'none expired',
    means: 'A version of the key is past its expiration date: Microsoft 365 can no longer use it.',
    cure: (observed, expected) => lengthen(expected, expired(observed, expected.now)),
    broken: [broken({ expiresOn: '2026-11-29T00:00:00Z' })]
  }),
  ofVersions({
    code: 'key-not-expiring',
    requirement: 'R42',
    expected: `no version that expires within ${nearDays} days`,
    among: soon,
    said: 'expires soon',
    none: 'none expires soon',
    means: 'A version of the key expires soon. On that day Microsoft 365 loses the data.',
    cure: (observed, expected) => lengthen(expected, soon(observed, expected.now)),
    broken: [broken({ expiresOn: '2026-12-10T00:00:00Z' })]
  }),
  ofVersions({
    code: 'key-versions-expiry',
    requirement: 'R42',
    expected: 'no older version with an expiration date but 9999-12-31',
    among: someDay,
    said: 'expires some day',
    none: 'none expires',
    means:
      'An older version of the key has an expiration date. Data stays wrapped with older versions for as long as it lives.',
    cure: (observed, expected) => lengthen(expected, someDay(observed, expected.now)),
    broken: [broken({ expiresOn: '2030-01-01T00:00:00Z' })]
  }),
  ofVersions({
    code: 'key-versions-active',
    requirement: 'R42',
    expected: 'every older version usable from now on',
    among: notYet,
    said: 'not active yet',
    none: 'all active',
    means:
      'An older version of the key may not be used yet: its activation date lies ahead. A policy may name any version, and ' +
      'Microsoft 365 wraps with the one that is named.',
    cure: (observed, expected) =>
      `${capital(
        update(expected, notYet(observed, expected.now), [
          '-NotBefore (Get-Date).AddDays(-1)',
          '--not-before 2020-01-01T00:00:00Z'
        ])
      )}, then retry.`,
    broken: [broken({ notBefore: '2033-01-01T00:00:00Z' })]
  })
]

/** A whole key, read before the hand-off or at an adoption: its newest version, and what a list shows of the older ones. */
export const keyHeld = (key: Key, expected: KeyExpected, about: CheckedResource): CheckResults =>
  joined([
    runChecks(keyChecks, key, expected, about),
    runChecks(keyVersionsChecks, { versions: key.older, older: key.older }, { ...expected, keyName: key.name }, about)
  ])

function disabled({ versions }: KeyVersionsObserved): KeyVersion[] {
  return versions.filter(({ enabled }) => !enabled)
}

function expired({ versions }: KeyVersionsObserved, now: string): KeyVersion[] {
  return versions.filter((each) => expiresWithin(each, now, 0))
}

function soon({ versions }: KeyVersionsObserved, now: string): KeyVersion[] {
  return versions.filter((each) => expiresWithin(each, now, nearDays) && !expiresWithin(each, now, 0))
}

/** Those with a date that is neither the last day nor near. */
function someDay({ older }: KeyVersionsObserved, now: string): KeyVersion[] {
  return older.filter(
    (each) => each.expiresOn !== undefined && !isLastDay(each.expiresOn) && !expiresWithin(each, now, nearDays)
  )
}

function notYet({ older }: KeyVersionsObserved, now: string): KeyVersion[] {
  return older.filter(({ notBefore }) => notBefore !== undefined && millisecondsOf(notBefore) > millisecondsOf(now))
}

const expiresWithin = ({ expiresOn }: KeyVersion, now: string, days: number): boolean =>
  expiresOn !== undefined && millisecondsOf(expiresOn) <= millisecondsOf(now) + days * 86_400_000

const lengthen = (expected: KeyVersionsExpected, versions: readonly KeyVersion[]): string =>
  `${capital(update(expected, versions, ['-Expires (Get-Date -Date "12/31/9999")', '--expires 9999-12-31T00:00:00Z']))}, ` +
  'then retry. Look which policy or person set the date.'

/** Microsoft's own command and the Azure CLI's, for the first of them. */
const update = (
  { vaultName, keyName }: KeyVersionsExpected,
  versions: readonly KeyVersion[],
  [powerShell, az]: readonly [string, string]
): string =>
  `run Update-AzKeyVaultKey -VaultName ${vaultName} -Name ${keyName} -Version ${versionOf(versions[0])} ${powerShell}` +
  (versions.length > 1 ? ', and so for each version named' : '') +
  ` (az keyvault key set-attributes --id ${versions[0]?.id ?? ''} ${az})`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const versionOf = (one: KeyVersion | undefined): string => parseKeyId(one?.id ?? '').version ?? ''

const listed = (versions: readonly KeyVersion[]): string =>
  versions.slice(0, 3).map(versionOf).join(', ') + (versions.length > 3 ? ` and ${versions.length - 3} more` : '')
