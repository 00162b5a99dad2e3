import type { RecordStore } from '../contracts/record-store.ts'
import { backupManifest, type BackupManifest } from '../domain/backups/backup-manifest.ts'
import { canonicalJson } from '../domain/terms/digest.ts'
import { defineRecord } from './define-record.ts'
import { UnreadableRecord } from '../contracts/unreadable-record.ts'

const record = defineRecord({
  kind: 'manifest of a backup',
  format: 1,
  schema: backupManifest,
  container: 'backups',
  name: (backup: string) => `${backup}.json`,
  text: canonicalJson,
  metadata: ({ at, sha256 }) => ({ [takenAt]: at, [digest]: sha256 })
})

// Storage gives names of metadata back in lower case.
const takenAt = 'takenat'
const digest = 'sha256'

/** The manifest lies beside its backup, under this name. */
export const manifestName = (backup: string): string => record.nameOf(backup)

/** Writes it beside the backup it describes; the first one stays, like the backup. */
export async function writeManifest(store: RecordStore, backup: string, manifest: BackupManifest): Promise<void> {
  await record.put(store, backup, manifest)
}

/** Undefined where there is none, or it is damaged: then a restore must not go by it, and the checks say so. */
export async function readManifest(store: RecordStore, backup: string): Promise<BackupManifest | undefined> {
  const { value } = await store.read({ container: 'backups', name: record.nameOf(backup) })
  return value && parseManifest(value.bytes)
}

/** The same for the bytes of an export. */
export function parseManifest(bytes: Uint8Array): BackupManifest | undefined {
  try {
    return record.parse(bytes, '')
  } catch (error) {
    if (error instanceof UnreadableRecord) return undefined
    throw error
  }
}

/** When the backup was taken (ISO 8601 UTC) and its SHA-256, by a look that reads nothing; undefined where it does not tell. */
export async function lookAtManifest(
  store: RecordStore,
  backup: string
): Promise<{ readonly at: string; readonly sha256: string } | undefined> {
  const { value } = await store.properties({ container: 'backups', name: record.nameOf(backup) })
  const { [takenAt]: at, [digest]: sha256 } = value?.metadata ?? {}
  return at && sha256 ? { at, sha256 } : undefined
}
