import { type KeyExpected, broken, show, isLastDay, millisecondsOf, soundVersion } from './key-terms.ts'
import type { Key } from '../resources/key.ts'
import { retried, startedAnew } from './afterwards.ts'
import type { Check } from './checks.ts'
import { countOf, listOf } from '../terms/words.ts'
import { hsmPlatformWords } from '../terms/hsm-platform.ts'
import { parseKeyId } from '../terms/key-uri.ts'
import { protectedLevel, recoveryCure, unpropagatedLevel } from './recovery-level.ts'

const anotherKey = ({ name }: Key): string =>
  `Type and size of a key never change. Leave ${name} as it is, and start anew with another vault name.`

/** Microsoft's own command and the Azure CLI's. */
const updateKey =
  (az: string, powerShell: string) =>
  ({ name }: Key, { vaultName }: KeyExpected): string =>
    `Run Update-AzKeyVaultKey -VaultName ${vaultName} -Name ${name} ${powerShell} (az keyvault key set-attributes ` +
    `--vault-name ${vaultName} --name ${name} ${az}), then retry.`

/** How the key was made (R40, R41). */
const makeChecks: readonly Check<Key, KeyExpected>[] = [
  {
    code: 'key-type',
    requirement: 'R41',
    on: 'key',
    expected: ({ purpose }) => (purpose === 'test' ? 'RSA-HSM, or RSA for a test' : 'RSA-HSM'),
    holds: ({ keyType }, { purpose }) => keyType === 'RSA-HSM' || (purpose === 'test' && keyType === 'RSA'),
    describe: ({ keyType, hsmPlatform }) =>
      hsmPlatform === undefined ? keyType : `${keyType}, ${hsmPlatformWords(hsmPlatform)}`,
    overridable: false,
    means:
      'The key is not RSA in a hardware security module (RSA-HSM). The type of a key never changes. With `purpose: "test"` in the ' +
      'request a software key (RSA) passes too.',
    look: show('key.kty'),
    cure: anotherKey,
    afterwards: startedAnew,
    broken: [broken({ keyType: 'RSA' })]
  },
  {
    code: 'key-size',
    requirement: 'R41',
    on: 'key',
    expected: ({ size }) => (size === undefined ? 'at least 2048 bits' : `${size} bits`),
    appliesTo: ({ keyType }) => keyType.startsWith('RSA'), // no other has a modulus
    holds: ({ keySize }, { size }) => (size === undefined ? keySize >= 2048 : keySize === size),
    describe: ({ keySize }) => `${keySize} bits`,
    overridable: {
      only: 'Only where the key has 2048 bits or more, and another size than the plan',
      when: ({ keySize }) => keySize >= 2048
    },
    means: 'The key has another size than the plan. The size of a key never changes.',
    look: ['az keyvault key show --vault-name VAULT --name KEY --query key.n --output tsv | wc -c'],
    cure: anotherKey,
    afterwards: startedAnew,
    broken: [broken({ keySize: 2048 })]
  },
  {
    code: 'extra-version',
    requirement: 'R40',
    on: 'key',
    expected: () => 'exactly one version',
    appliesTo: (_, { size }) => size !== undefined,
    holds: ({ older }) => older.length === 0,
    describe: ({ older }) => countOf(older.length + 1, 'version'),
    overridable: true,
    means: 'The key has more than the one version that was made. Somebody rotated it, or a program did.',
    look: [
      'az keyvault key list-versions --vault-name VAULT --name KEY --query ' +
        '"[].{id:kid, created:attributes.created, enabled:attributes.enabled}" --output table'
    ],
    cure: ({ name }) =>
      `Find out who made another version of ${name}. Neither delete nor disable any; override with what you found: policies name ` +
      'the version you choose.',
    afterwards: retried,
    broken: [broken({ older: [soundVersion] })]
  }
]

/** That Microsoft 365 can use it, and go on using it (R40–R42). */
const useChecks: readonly Check<Key, KeyExpected>[] = [
  {
    code: 'key-operations',
    requirement: 'R41',
    on: 'key',
    expected: () => 'wrapKey and unwrapKey',
    holds: ({ keyOps }) => ['wrapKey', 'unwrapKey'].every((operation) => keyOps.includes(operation)),
    describe: ({ keyOps }) => keyOps.join(', ') || 'no operations',
    overridable: false,
    means: 'The key does not wrap and unwrap, which is all that Microsoft 365 does with it.',
    look: show('key.keyOps'),
    cure: updateKey('--ops wrapKey unwrapKey', '-KeyOps wrapKey,unwrapKey'),
    afterwards: retried,
    broken: [broken({ keyOps: ['sign'] })]
  },
  {
    code: 'key-enabled',
    requirement: 'R40',
    on: 'key',
    expected: () => 'enabled',
    holds: ({ enabled }) => enabled,
    describe: ({ enabled }) => (enabled ? 'enabled' : 'disabled'),
    overridable: false,
    means:
      'The key is disabled. Data that was wrapped with it cannot be read while it is. Find out who disabled it, and why.',
    look: show('attributes.enabled'),
    cure: updateKey('--enabled true', '-Enable $true'),
    afterwards: retried,
    broken: [broken({ enabled: false })]
  },
  {
    code: 'key-expiry',
    requirement: 'R42',
    on: 'key',
    expected: () => 'no expiration date, or 9999-12-31',
    holds: ({ expiresOn }) => expiresOn === undefined || isLastDay(expiresOn),
    describe: ({ expiresOn }) => (expiresOn === undefined ? 'no expiration date' : `expires ${expiresOn}`),
    overridable: false,
    means:
      'The key has an expiration date that is not 9999-12-31. On that day Microsoft 365 loses the data. A date can be changed and ' +
      'never removed.',
    look: show('attributes.expires'),
    cure: updateKey('--expires 9999-12-31T00:00:00Z', '-Expires (Get-Date -Date "12/31/9999")'),
    afterwards:
      'While the onboarding makes keys, the app does it on your word: `ckey complete ID mend-key-expiry-…`. On a key imported in ' +
      `this run the app sets it without asking. ${retried}`,
    broken: [broken({ expiresOn: '2028-01-01T00:00:00Z' })]
  },
  {
    code: 'key-not-before',
    requirement: 'R42',
    on: 'key',
    expected: () => 'usable from now on',
    holds: ({ notBefore }, { now }) => notBefore === undefined || millisecondsOf(notBefore) <= millisecondsOf(now),
    describe: ({ notBefore }) => (notBefore === undefined ? 'no activation date' : `active from ${notBefore}`),
    overridable: false,
    means: 'The key may not be used yet: its activation date lies ahead.',
    look: show('attributes.notBefore'),
    cure: updateKey('--not-before 2020-01-01T00:00:00Z', '-NotBefore (Get-Date).AddDays(-1)'),
    afterwards: retried,
    broken: [broken({ notBefore: '2027-01-01T00:00:00Z' })]
  },
  {
    code: 'key-rotation',
    requirement: 'R42',
    on: 'key',
    expected: () => 'no rotation policy that makes new versions or sets expiration dates',
    holds: ({ rotationExpiry, rotations }) => rotationExpiry === undefined && rotations.length === 0,
    describe: ({ rotationExpiry, rotations }) => {
      if (rotationExpiry === 'unreadable') return 'the rotation policy may not be read'
      const expiry = rotationExpiry === undefined ? [] : [`new versions expire after ${rotationExpiry}`]
      return [...rotations, ...expiry].join('; ') || 'none'
    },
    overridable: false,
    means:
      'A rotation policy makes new versions of the key by itself, or sets expiration dates on them, or the app may not read whether ' +
      'one does. A version that nobody told Microsoft 365 of has no backup and no policy, and one that expires stops the service. A ' +
      'policy that only notifies is sound.',
    look: ['az keyvault key rotation-policy show --vault-name VAULT --name KEY'],
    cure: ({ name, rotationExpiry, rotations }, { vaultName }) =>
      rotationExpiry === 'unreadable'
        ? `Give this app's slot identity the key permission getrotationpolicy in vault ${vaultName}, then retry.`
        : `Remove ${listOf([...(rotationExpiry === undefined ? [] : ['expiryTime']), ...(rotations.length > 0 ? ['every action Rotate'] : [])])} ` +
          `from the rotation policy of ${name} in vault ${vaultName} (az keyvault key rotation-policy update --vault-name ${vaultName} ` +
          `--name ${name} --value '${onlyNotifies}'), then retry.`,
    afterwards: retried,
    broken: [
      broken({ rotationExpiry: 'P2Y' }),
      broken({ rotations: ['Rotate P1Y after creation'] }),
      broken({ rotationExpiry: 'unreadable' })
    ]
  }
]

/**
 * What a key has where nobody set a policy: a notice, and no more. `--value` takes it as text.
 * https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation, …/cli/azure/keyvault/key/rotation-policy
 */
const onlyNotifies =
  '{"lifetimeActions":[{"trigger":{"timeBeforeExpiry":"P30D"},"action":{"type":"Notify"}}],"attributes":{}}'

/** Whether a finding is of what the subscription's registration gives a key. */
export const isOfRecoveryLevel = ({ check }: { readonly check: string }): boolean =>
  recoveryChecks.some(({ code }) => code === check)

/** The one wrong recovery level that time alone may cure. */
export function isUnpropagated({ recoveryLevel }: Pick<Key, 'recoveryLevel'>): boolean {
  return recoveryLevel === unpropagatedLevel
}

const ofFeature =
  'az feature show --subscription SUB --namespace Microsoft.Resources --name mandatoryRetentionPeriodEnabled --query properties.state'

/** That a deleted key comes back, in a subscription that nobody can just cancel (R44). */
const recoveryChecks: readonly Check<Key, KeyExpected>[] = [
  {
    code: 'key-recovery-level',
    requirement: 'R44',
    on: 'key',
    expected: () => protectedLevel,
    appliesTo: (observed) => !isUnpropagated(observed),
    holds: ({ recoveryLevel }) => recoveryLevel === protectedLevel,
    describe: ({ recoveryLevel }) => recoveryLevel,
    overridable: false,
    means:
      'The key’s recovery level is not Recoverable+ProtectedSubscription: the subscription could be cancelled and the key lost at ' +
      'once, or a deleted key would not come back. Each level tells what is wrong with vault or subscription.',
    look: [...show('attributes.recoveryLevel'), ofFeature],
    cure: ({ recoveryLevel }, { vaultName }) => recoveryCure(recoveryLevel, vaultName),
    afterwards: `A change of the registration takes up to some hours to reach a key. ${retried}`,
    broken: [
      broken({ recoveryLevel: 'Recoverable+Purgeable' }),
      broken({ recoveryLevel: 'Purgeable' }),
      broken({ recoveryLevel: 'CustomizedRecoverable+ProtectedSubscription' })
    ]
  },
  {
    code: 'retention-not-propagated',
    requirement: 'R44',
    on: 'key',
    expected: () => protectedLevel,
    appliesTo: isUnpropagated,
    holds: () => false,
    describe: ({ recoveryLevel }) => recoveryLevel,
    overridable: false,
    means:
      'The feature is registered, but the key does not show it in its recovery level yet. Azure takes up to some hours; the app has ' +
      'waited a day. Nothing else is wrong.',
    look: [...show('attributes.recoveryLevel'), ofFeature],
    cure: ({ recoveryLevel }, { vaultName }) => recoveryCure(recoveryLevel, vaultName),
    afterwards: retried,
    broken: [broken({ recoveryLevel: unpropagatedLevel })]
  },
  {
    code: 'key-recoverable-days',
    requirement: 'R44',
    on: 'key',
    expected: () => '90 days',
    holds: ({ recoverableDays }) => recoverableDays === 90,
    describe: ({ recoverableDays }) => (recoverableDays === undefined ? 'unknown' : `${recoverableDays} days`),
    overridable: false,
    means: 'The key is recoverable for another number of days than 90, because its vault was made that way.',
    look: show('attributes.recoverableDays'),
    cure: (_, { vaultName }) =>
      `The retention of vault ${vaultName} is fixed. Leave it, and start anew with another vault name.`,
    afterwards: startedAnew,
    broken: [broken({ recoverableDays: 7 })]
  }
]

/** What Microsoft 365 demands of a key (R40–R46). */
export const keyChecks: readonly Check<Key, KeyExpected>[] = [
  ...makeChecks,
  ...useChecks,
  ...recoveryChecks,
  {
    code: 'key-uri',
    requirement: 'R46',
    on: 'key',
    expected: () => 'a key identifier with its version',
    holds: ({ id }) => parseKeyId(id).version !== undefined,
    describe: ({ id }) => id,
    overridable: false,
    means: 'Azure gave a key identifier without a version. SharePoint needs the version, and a backup is of versions.',
    look: show('key.kid'),
    cure: ({ name }) => `Read key ${name} again: retry. If it stays, report it.`,
    afterwards: retried,
    broken: [broken({ id: 'https://vault.vault.azure.net/keys/KEY' })]
  }
]
