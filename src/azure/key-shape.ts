import type { KeyProperties, KeyRotationLifetimeAction, KeyVaultKey } from '@azure/keyvault-keys'
import type { Key, KeyVersion } from '../domain/resources/key.ts'
import { needed } from './answers/misfit.ts'

/** What a key's rotation policy would do. */
export type Rotation = Pick<Key, 'rotationExpiry' | 'rotations'>

export function keyOf(key: KeyVaultKey, versions: readonly KeyVersion[], rotation: Rotation): Key {
  const { properties } = key
  const id = needed(key.id, 'the id of the key')
  return {
    id,
    name: key.name,
    version: needed(properties.version, 'the version of the key'),
    keyType: needed(key.keyType, 'the type of the key'),
    hsmPlatform: properties.hsmPlatform,
    keySize: bitsOf(key.key?.n),
    keyOps: key.keyOperations ?? [],
    enabled: properties.enabled ?? false,
    expiresOn: properties.expiresOn?.toISOString(),
    notBefore: properties.notBefore?.toISOString(),
    recoveryLevel: properties.recoveryLevel ?? '',
    recoverableDays: properties.recoverableDays,
    older: versions.filter((each) => each.id !== id),
    ...rotation
  }
}

/**
 * A key that nobody gave a policy has one that only tells, 30 days before an expiry that it has not. Azure rotates by the time
 * since creation too, without any expiry: https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation
 */
export const rotationsOf = (actions: readonly KeyRotationLifetimeAction[]): string[] =>
  actions
    .filter(({ action }) => action.toLowerCase() !== 'notify')
    .map(({ action, timeAfterCreate, timeBeforeExpiry }) =>
      timeAfterCreate
        ? `${action} ${timeAfterCreate} after creation`
        : `${action} ${timeBeforeExpiry ?? ''} before expiry`
    )

/** Some encoders put a zero byte before a modulus whose first bit is set. */
function bitsOf(modulus: Uint8Array = new Uint8Array()): number {
  return (modulus[0] === 0 ? modulus.length - 1 : modulus.length) * 8
}

export function keyVersionOf(version: KeyProperties): KeyVersion {
  return {
    id: needed(version.id, 'the id of a key version'),
    enabled: version.enabled ?? false,
    createdOn: version.createdOn?.toISOString(),
    updatedOn: version.updatedOn?.toISOString(),
    expiresOn: version.expiresOn?.toISOString(),
    notBefore: version.notBefore?.toISOString(),
    recoveryLevel: version.recoveryLevel ?? '',
    tags: version.tags ?? {}
  }
}
