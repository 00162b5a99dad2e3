import { Temporal } from 'temporal-polyfill'
import { always, never, type Check } from './checks.ts'
import type { Purpose } from '../terms/choices.ts'
import { parseKeyId } from '../terms/key-uri.ts'
import { protectedLevel, recoveryRemedy, unpropagatedLevel } from './recovery-level.ts'

/** The newest version of a key as Key Vault shows it. Moments are ISO 8601 UTC. */
export interface KeySeen {
  /** Versioned key identifier. */
  readonly id: string
  readonly name: string
  readonly version: string
  readonly keyType: string
  /** Bits of the modulus. */
  readonly keySize: number
  readonly keyOps: readonly string[]
  readonly enabled: boolean
  readonly expiresOn: string | undefined
  readonly notBefore: string | undefined
  readonly recoveryLevel: string
  readonly recoverableDays: number | undefined
  /** How many versions the vault holds. */
  readonly versions: number
  /** `expiryTime` of the rotation policy, e.g. `P2Y`; `unreadable` where the app may not see the policy. */
  readonly rotationExpiry: string | undefined
}

/** When a key may expire at the latest and at the earliest, midnight UTC (R42). */
export const lastDay = '9999-12-31T00:00:00.000Z'

export interface KeyExpected {
  readonly size: number
  readonly purpose: Purpose
  /** ISO 8601 UTC */
  readonly now: string
}

/** Whether the vault has its key at all. */
export interface KeyPresence {
  readonly vaultName: string
  readonly keyName: string
  readonly there: boolean
}

export const keyThereChecks: readonly Check<KeyPresence>[] = [
  {
    code: 'key-there',
    requirement: 'R40',
    expected: 'the key of the plan',
    holds: ({ there }) => there,
    describe: ({ keyName, there }) => (there ? keyName : `no key ${keyName}`),
    remedy: ({ vaultName, keyName }) =>
      `Find out who deleted it. Recover it within 90 days (Undo-AzKeyVaultKeyRemoval -VaultName ${vaultName} -Name ` +
      `${keyName}), then retry.`,
    overridable: never
  }
]

/** What Microsoft 365 demands of a key (R40–R46). */
export const keyChecks = ({ now, ...made }: KeyExpected): readonly Check<KeySeen>[] => [
  ...makeChecks(made),
  ...useChecks(now),
  ...recoveryChecks,
  {
    code: 'key-uri',
    requirement: 'R46',
    expected: 'a key identifier with its version',
    holds: ({ id }) => parseKeyId(id).version !== undefined,
    describe: ({ id }) => id,
    remedy: ({ name }) => `Read key ${name} again: retry.`,
    overridable: never
  }
]

const makeChecks = ({ size, purpose }: Omit<KeyExpected, 'now'>): readonly Check<KeySeen>[] => [
  {
    code: 'key-type',
    requirement: 'R41',
    expected: purpose === 'test' ? 'RSA-HSM, or RSA for a test' : 'RSA-HSM',
    holds: ({ keyType }) => keyType === 'RSA-HSM' || (purpose === 'test' && keyType === 'RSA'),
    describe: ({ keyType }) => keyType,
    remedy: anotherKey,
    overridable: never
  },
  {
    code: 'key-size',
    requirement: 'R41',
    expected: `${size} bits`,
    holds: ({ keySize }) => keySize === size,
    describe: ({ keySize }) => `${keySize} bits`,
    remedy: anotherKey,
    overridable: ({ keySize }) => keySize >= 2048
  },
  {
    code: 'extra-version',
    requirement: 'R40',
    expected: 'exactly one version',
    holds: ({ versions }) => versions === 1,
    describe: ({ versions }) => `${versions} versions`,
    remedy: ({ name }) =>
      `Find out who made another version of ${name}. Neither delete nor disable any; override with what you found.`,
    overridable: always
  }
]

const anotherKey = ({ name }: KeySeen): string =>
  `Type and size of a key never change. Leave ${name} as it is, and start anew with another vault name.`

const useChecks = (now: string): readonly Check<KeySeen>[] => [
  {
    code: 'key-operations',
    requirement: 'R41',
    expected: 'wrapKey and unwrapKey',
    holds: ({ keyOps }) => ['wrapKey', 'unwrapKey'].every((operation) => keyOps.includes(operation)),
    describe: ({ keyOps }) => keyOps.join(', ') || 'no operations',
    remedy: updateKey('-KeyOps wrapKey,unwrapKey'),
    overridable: never
  },
  {
    code: 'key-enabled',
    requirement: 'R40',
    expected: 'enabled',
    holds: ({ enabled }) => enabled,
    describe: ({ enabled }) => (enabled ? 'enabled' : 'disabled'),
    remedy: updateKey('-Enable $true'),
    overridable: never
  },
  {
    code: 'key-expiry',
    requirement: 'R42',
    expected: 'no expiration date, or 9999-12-31',
    holds: ({ expiresOn }) => expiresOn === undefined || isLastDay(expiresOn),
    describe: ({ expiresOn }) => (expiresOn === undefined ? 'no expiration date' : `expires ${expiresOn}`),
    remedy: updateKey('-Expires (Get-Date -Date "12/31/9999")'),
    overridable: never
  },
  {
    code: 'key-not-before',
    requirement: 'R42',
    expected: 'usable from now on',
    holds: ({ notBefore }) => notBefore === undefined || millisecondsOf(notBefore) <= millisecondsOf(now),
    describe: ({ notBefore }) => (notBefore === undefined ? 'no activation date' : `active from ${notBefore}`),
    remedy: updateKey('-NotBefore (Get-Date).AddDays(-1)'),
    overridable: never
  },
  {
    code: 'key-rotation',
    requirement: 'R42',
    expected: 'no rotation policy that sets expiration dates',
    holds: ({ rotationExpiry }) => rotationExpiry === undefined,
    describe: ({ rotationExpiry }) => {
      if (rotationExpiry === 'unreadable') return 'the rotation policy may not be read'
      return rotationExpiry === undefined ? 'none' : `new versions expire after ${rotationExpiry}`
    },
    remedy: ({ id, name, rotationExpiry }) =>
      rotationExpiry === 'unreadable'
        ? `Give this app's slot identity the key permission getrotationpolicy in vault ${parseKeyId(id).vault}, then retry.`
        : `Remove expiryTime from the rotation policy of ${name} in vault ${parseKeyId(id).vault}, then retry.`,
    overridable: never
  }
]

const updateKey =
  (change: string) =>
  ({ id, name }: KeySeen): string =>
    `Run Update-AzKeyVaultKey -VaultName ${parseKeyId(id).vault} -Name ${name} ${change}, then retry.`

/**
 * PowerShell's `Get-Date -Date "12/31/9999"` is midnight of some zone: the moment may lie 14 hours off midnight UTC.
 */
export const isLastDay = (iso: string): boolean =>
  Math.abs(millisecondsOf(iso) - millisecondsOf(lastDay)) <= 14 * 3_600_000

const millisecondsOf = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds

/** The one wrong recovery level that time alone may cure. */
export function isUnpropagated({ recoveryLevel }: KeySeen): boolean {
  return recoveryLevel === unpropagatedLevel
}

const recoveryChecks: readonly Check<KeySeen>[] = [
  {
    code: 'key-recovery-level',
    requirement: 'R44',
    expected: protectedLevel,
    appliesTo: ({ recoveryLevel }) => recoveryLevel !== unpropagatedLevel,
    holds: ({ recoveryLevel }) => recoveryLevel === protectedLevel,
    describe: ({ recoveryLevel }) => recoveryLevel,
    remedy: ({ recoveryLevel }) => recoveryRemedy(recoveryLevel),
    overridable: never
  },
  {
    code: 'retention-not-propagated',
    requirement: 'R44',
    expected: protectedLevel,
    appliesTo: isUnpropagated,
    holds: () => false,
    describe: ({ recoveryLevel }) => recoveryLevel,
    remedy: ({ recoveryLevel }) => recoveryRemedy(recoveryLevel),
    overridable: never
  },
  {
    code: 'key-recoverable-days',
    requirement: 'R44',
    expected: '90 days',
    holds: ({ recoverableDays }) => recoverableDays === 90,
    describe: ({ recoverableDays }) => (recoverableDays === undefined ? 'unknown' : `${recoverableDays} days`),
    remedy: ({ id }) =>
      `The retention of vault ${parseKeyId(id).vault} is fixed. Leave it, and start anew with another vault name.`,
    overridable: never
  }
]
