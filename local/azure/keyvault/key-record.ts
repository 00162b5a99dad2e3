import { createHash } from 'node:crypto'
import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import type { Collection, World } from '../core/world.ts'

/** A key with all its versions, oldest first: the last one is what its name alone stands for. */
export interface KeyRecord {
  /** In the case it was created with; found in any case. */
  readonly name: string
  readonly versions: readonly KeyVersion[]
  readonly rotationPolicy?: object
  /** When a policy was first set, and last: whole seconds of simulated time since 1970. */
  readonly rotationPolicySet?: { readonly created: number; readonly updated: number }
}

export interface KeyVersion {
  /** 32 hexadecimal digits. */
  readonly version: string
  readonly kty: string
  /** Bits, of an RSA key. */
  readonly size?: number
  readonly curve?: string
  readonly operations: readonly string[]
  readonly enabled: boolean
  /** This and the other times: whole seconds of simulated time since 1970. */
  readonly created: number
  readonly updated: number
  readonly notBefore?: number
  readonly expires?: number
  readonly tags: Readonly<Record<string, string>>
  /** Public modulus of an imported key, base64url; made up from `seed` otherwise. There is no private half anywhere. */
  readonly modulus?: string
  readonly seed: string
}

/** The keys of every vault, under `vault/name` in lower case. */
export function keysOf(world: World): Collection<KeyRecord> {
  return world.collection<KeyRecord>('keys')
}

export function findKey(world: World, vault: VaultRecord, name: string): KeyRecord | undefined {
  return keysOf(world).get(keyPath(vault, name))
}

export function saveKey(world: World, vault: VaultRecord, key: KeyRecord): void {
  keysOf(world).set(keyPath(vault, key.name), key)
}

/** Keys of one vault, in order of name as Azure lists them. */
export function keysIn(world: World, vault: VaultRecord): KeyRecord[] {
  const prefix = keyPath(vault, '')
  return keysOf(world)
    .values()
    .filter((key) => keysOf(world).get(prefix + key.name.toLowerCase()) === key)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What tells two versions apart. The same in every rehearsal, so that two rehearsals print the same. */
export function seedOf(vault: VaultRecord, name: string, ordinal: number): string {
  return `${keyPath(vault, name)}/${ordinal}`
}

export function versionIdOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, 32)
}

function keyPath(vault: VaultRecord, name: string): string {
  return `${vault.name}/${name}`.toLowerCase()
}
