import type { Key, KeyVersion } from '../resources/key.ts'
import { Temporal } from 'temporal-polyfill'
import type { Purpose } from '../terms/choices.ts'
import { protectedLevel } from './recovery-level.ts'

/** When a key may expire at the latest and at the earliest, midnight UTC (R42). */
export const lastDay = '9999-12-31T00:00:00.000Z'

export interface KeyExpected {
  readonly vaultName: string
  /** Bits. Undefined: of a key that others made, whose size and versions are theirs to choose. */
  readonly size: number | undefined
  readonly purpose: Purpose
  /** ISO 8601 UTC */
  readonly now: string
}

const sound: Key = {
  id: 'https://vault.vault.azure.net/keys/KEY/0123456789abcdef0123456789abcdef',
  name: 'KEY',
  version: '0123456789abcdef0123456789abcdef',
  keyType: 'RSA-HSM',
  keySize: 3072,
  keyOps: ['wrapKey', 'unwrapKey'],
  enabled: true,
  expiresOn: undefined,
  notBefore: undefined,
  recoveryLevel: protectedLevel,
  recoverableDays: 90,
  older: [],
  rotationExpiry: undefined,
  rotations: []
}

/** A version that nothing is wrong with. */
export const soundVersion: KeyVersion = {
  id: sound.id,
  enabled: true,
  createdOn: undefined,
  updatedOn: undefined,
  expiresOn: undefined,
  notBefore: undefined,
  recoveryLevel: protectedLevel,
  tags: {}
}

export const broken = (change: Partial<Key>) => ({
  observed: { ...sound, ...change },
  expected: { vaultName: 'VAULT', size: 3072, purpose: 'production', now: '2026-11-30T00:00:00Z' } as const
})

export const show = (what: string): readonly string[] => [
  `az keyvault key show --vault-name VAULT --name KEY --query ${what}`
]

/**
 * PowerShell's `Get-Date -Date "12/31/9999"` is midnight of some zone: the moment may lie 14 hours off midnight UTC.
 */
export const isLastDay = (iso: string): boolean =>
  Math.abs(millisecondsOf(iso) - millisecondsOf(lastDay)) <= 14 * 3_600_000

export const millisecondsOf = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds
