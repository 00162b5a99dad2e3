import type { KeyProperties, KeyVaultKey } from '@azure/keyvault-keys'
import type { KeyVersionSeen } from '../domain/backups/key-fingerprint.ts'

/** The newest version of a key as Key Vault describes it. Instants are ISO 8601 UTC. */
export interface KeyFacts {
  /** With version: `https://{vault}.vault.azure.net/keys/{name}/{version}`. */
  readonly id: string
  readonly name: string
  readonly version: string
  /** e.g. `RSA-HSM` */
  readonly keyType: string
  /** Bits of the modulus; 0 when the key is not RSA. */
  readonly keySize: number
  readonly keyOps: readonly string[]
  readonly enabled: boolean
  readonly expiresOn: string | undefined
  readonly notBefore: string | undefined
  readonly updatedOn: string | undefined
  readonly recoveryLevel: string
  readonly recoverableDays: number
  /** How many versions the key has in the vault. */
  readonly versions: number
  /** ISO 8601 duration after which a rotated version would expire, or `unreadable`. */
  readonly rotationExpiry: string | undefined
}

export function observeKey(key: KeyVaultKey, versions: number, rotationExpiry: string | undefined): KeyFacts {
  const { properties } = key
  return {
    id: key.id ?? '',
    name: key.name,
    version: properties.version ?? '',
    keyType: key.keyType ?? '',
    keySize: bitsOf(key.key?.n),
    keyOps: key.keyOperations ?? [],
    enabled: properties.enabled ?? false,
    expiresOn: properties.expiresOn?.toISOString(),
    notBefore: properties.notBefore?.toISOString(),
    updatedOn: properties.updatedOn?.toISOString(),
    recoveryLevel: properties.recoveryLevel ?? '',
    recoverableDays: properties.recoverableDays ?? 0,
    versions,
    rotationExpiry
  }
}

/** Some encoders put a zero byte before a modulus whose first bit is set. */
function bitsOf(modulus: Uint8Array = new Uint8Array()): number {
  return (modulus[0] === 0 ? modulus.length - 1 : modulus.length) * 8
}

export function observeVersion(version: KeyProperties): KeyVersionSeen {
  return {
    id: version.id ?? '',
    enabled: version.enabled ?? false,
    createdOn: version.createdOn?.toISOString(),
    updatedOn: version.updatedOn?.toISOString(),
    expiresOn: version.expiresOn?.toISOString(),
    notBefore: version.notBefore?.toISOString(),
    recoveryLevel: version.recoveryLevel ?? '',
    tags: version.tags ?? {}
  }
}
