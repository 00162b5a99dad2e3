import type { VaultRecord } from '../arm/keyvault-management/vault-record.ts'
import { seedOf, versionIdOf } from './key-record.ts'
import type { KeyRecord, KeyVersion } from './key-record.ts'
import { badParameter } from './refusals.ts'
import { datesIn, wholeSeconds } from './key-attributes.ts'
import type { KeyAttributes } from './key-attributes.ts'

/** Body of a creation: only what the simulation looks at. */
export interface NewKey {
  readonly kty?: string
  readonly key_size?: number
  readonly crv?: string
  readonly key_ops?: readonly string[] | null
  readonly attributes?: KeyAttributes | null
  readonly tags?: Readonly<Record<string, string>> | null
  /** Of an imported key. */
  readonly n?: string
}

export interface NewVersionRequest {
  readonly vault: VaultRecord
  readonly name: string
  readonly existing: KeyRecord | undefined
  /** Simulated milliseconds. */
  readonly now: number
}

/** A new version of a key, which is a new key where there was none of this name. Throws what Azure refuses. */
export function newVersion(asked: NewKey, { vault, name, existing, now }: NewVersionRequest): KeyVersion {
  checkName(name)
  const kty = checkedType(asked.kty, vault)
  const seed = seedOf(vault, existing?.name ?? name, existing?.versions.length ?? 0)
  const seconds = wholeSeconds(now)
  return {
    version: versionIdOf(seed),
    kty,
    ...(kty.startsWith('RSA') ? { size: checkedSize(asked.key_size) } : { curve: checkedCurve(asked.crv) }),
    operations: checkedOperations(asked.key_ops, kty),
    enabled: asked.attributes?.enabled ?? true,
    created: seconds,
    updated: seconds,
    ...datesIn(asked.attributes),
    tags: asked.tags ?? {},
    ...(asked.n === undefined ? {} : { modulus: asked.n }),
    seed
  }
}

function checkName(name: string): void {
  if (!/^[0-9a-zA-Z-]{1,127}$/.test(name)) throw badParameter(`The request URI contains an invalid name: ${name}`)
}

function checkedType(kty: string | undefined, vault: VaultRecord): string {
  if (kty === undefined || !['RSA', 'RSA-HSM', 'EC', 'EC-HSM'].includes(kty)) {
    throw badParameter(`Invalid kty value: ${kty ?? ''}`)
  }
  if (kty.endsWith('-HSM') && vault.properties.sku.name !== 'premium') {
    throw badParameter('Hardware key operation not allowed on standard vault')
  }
  return kty
}

function checkedSize(size: number | undefined = 2048): number {
  if (![2048, 3072, 4096].includes(size)) throw badParameter(`Invalid key size: ${size}`)
  return size
}

function checkedCurve(curve = 'P-256'): string {
  if (!['P-256', 'P-256K', 'P-384', 'P-521'].includes(curve)) throw badParameter(`Invalid curve: ${curve}`)
  return curve
}

const rsaOperations = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']
const ecOperations = ['sign', 'verify']

function checkedOperations(asked: readonly string[] | null | undefined, kty: string): readonly string[] {
  const allowed = kty.startsWith('RSA') ? rsaOperations : ecOperations
  const unknown = asked?.find((operation) => !allowed.includes(operation))
  if (unknown !== undefined) throw badParameter(`Invalid key operation for a key of type ${kty}: ${unknown}`)
  return asked ?? allowed
}
