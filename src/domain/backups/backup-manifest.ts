import { z } from 'zod'
import { geographyOf } from '../terms/geography.ts'
import { newestOf } from './key-fingerprint.ts'
import type { KeyVersions } from '../resources/key.ts'
import { parseKeyId } from '../terms/key-uri.ts'
import type { VaultPlan } from '../plan/plan.ts'

/** The vault a key lives in, as far as its backups are concerned. */
export type BackupHome = Pick<VaultPlan, 'subscriptionId' | 'region' | 'resourceGroup' | 'vaultName'>

const version = z.object({
  id: z.string(),
  enabled: z.boolean(),
  createdOn: z.string().optional(),
  updatedOn: z.string().optional(),
  expiresOn: z.string().optional(),
  notBefore: z.string().optional(),
  recoveryLevel: z.string(),
  tags: z.record(z.string(), z.string())
})

/** Its schema. The record of it, and its name, are `src/records/backup-manifest.ts`. */
export const backupManifest = z.object({
  vaultName: z.string(),
  keyName: z.string(),
  /** Without version. */
  keyId: z.string(),
  versions: z.array(version).readonly(),
  recoveryLevel: z.string(),
  fingerprint: z.string(),
  /** Hexadecimal SHA-256 of the stored backup. */
  sha256: z.string(),
  /** Bytes. */
  size: z.number(),
  /** ISO 8601 UTC */
  at: z.string(),
  /** Only there can Key Vault read the backup. */
  securityWorld: z.object({ subscriptionId: z.string(), geography: z.string(), region: z.string() })
})

/** What lies beside each backup: which key, in which state, and where Azure will take it back (R45). */
export type BackupManifest = z.output<typeof backupManifest>

export interface TakenBackup {
  readonly home: BackupHome
  readonly versions: KeyVersions
  readonly fingerprint: string
  readonly sha256: string
  readonly size: number
  readonly at: string
}

export function manifestOf({ home, versions, ...stored }: TakenBackup): BackupManifest {
  const newest = newestOf(versions)
  const { name, versionless } = parseKeyId(newest.id)
  return {
    vaultName: home.vaultName,
    keyName: name,
    keyId: versionless,
    versions,
    recoveryLevel: newest.recoveryLevel,
    ...stored,
    securityWorld: { subscriptionId: home.subscriptionId, geography: geographyOf(home.region), region: home.region }
  }
}
