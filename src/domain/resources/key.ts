/** The newest version of a key as Key Vault describes it. Instants are ISO 8601 UTC. */
export interface Key {
  /** With version: `https://{vault}.vault.azure.net/keys/{name}/{version}`. */
  readonly id: string
  readonly name: string
  readonly version: string
  /** e.g. `RSA-HSM` */
  readonly keyType: string
  /** Which generation of HSM holds it, as Key Vault numbers them, e.g. `2`; undefined of a software key. */
  readonly hsmPlatform?: string | undefined
  /** Bits of the modulus; 0 when the key is not RSA. */
  readonly keySize: number
  readonly keyOps: readonly string[]
  readonly enabled: boolean
  readonly expiresOn: string | undefined
  readonly notBefore: string | undefined
  readonly recoveryLevel: string
  readonly recoverableDays: number | undefined
  /** Every other version that the key has in the vault: data stays wrapped with those. */
  readonly older: readonly KeyVersion[]
  /** ISO 8601 duration after which a rotated version would expire, e.g. `P2Y`; `unreadable` where the app may not see it. */
  readonly rotationExpiry: string | undefined
  /** What its rotation policy does of itself beside telling, e.g. `Rotate P1Y after creation`; empty where it does nothing. */
  readonly rotations: readonly string[]
}

/** One version of a key: whatever of it may change is here. Moments are ISO 8601 UTC. */
export interface KeyVersion {
  /** With version: `https://{vault}.vault.azure.net/keys/{name}/{version}`. */
  readonly id: string
  readonly enabled: boolean
  readonly createdOn: string | undefined
  readonly updatedOn: string | undefined
  readonly expiresOn: string | undefined
  readonly notBefore: string | undefined
  readonly recoveryLevel: string
  readonly tags: Readonly<Record<string, string>>
}

/** All versions of one key: one that is there has at least one. */
export type KeyVersions = readonly [KeyVersion, ...KeyVersion[]]
