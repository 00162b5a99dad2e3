import type { SlotAzure } from '../azure/connect.ts'
import type { KeyVersionFacts } from '../azure/key-shape.ts'
import type { Call } from '../domain/evidence.ts'
import { canonicalJson } from '../domain/digest.ts'
import type { BackupSeen } from '../domain/checks-backup.ts'
import type { VaultPlan } from '../domain/plan.ts'
import { sha256 } from './digests.ts'

export interface BackupLook {
  readonly seen: BackupSeen
  readonly call: Call
  /** False: a backup of exactly this state of the key was there already. */
  readonly made: boolean
}

/**
 * Backs a key up as it is now, and stores the backup, in one step: the bytes never leave it (R45). The name carries the
 * fingerprint of all versions, so the same state is stored once however often this runs. Undefined: there is no such key.
 */
export async function backUp(own: SlotAzure, vault: VaultPlan, now: string): Promise<BackupLook | undefined> {
  const { value: versions } = await own.keys.versions(vault)
  if (!versions) return undefined
  const place = backupPlace(vault, versions)
  const there = await own.store.properties(place)
  const bytes = there.value ? undefined : (await own.keys.backup(vault)).value
  if (bytes) await own.store.putNew(place, { bytes, contentType: 'application/octet-stream' })
  const stored = (await own.store.read(place)).value?.bytes ?? new Uint8Array()
  // Two backups of one key differ in bytes: where another run stored its own first, the stored one is the backup.
  await own.store.putNew(manifestPlace(place.name), manifestOf(vault, versions, { stored, now }))
  const { value: facts, call } = await own.store.properties(place)
  const digest = sha256(stored)
  const seen = {
    blobUrl: await own.store.urlOf(place),
    sha256: (await manifestDigest(own, place.name)) ?? digest,
    storedSha256: digest,
    size: stored.length,
    immutabilityMode: facts?.immutabilityMode,
    immutableUntil: facts?.immutableUntil,
    now
  }
  return { seen, call, made: bytes !== undefined }
}

function backupPlace({ vaultName, keyName }: VaultPlan, versions: readonly KeyVersionFacts[]) {
  const fingerprint = sha256(canonicalJson([...versions].sort((a, b) => (a.id < b.id ? -1 : 1))))
  return { container: 'backups', name: `${vaultName}/${keyName}/${fingerprint}.keybackup` } as const
}

const manifestPlace = (backup: string) => ({ container: 'backups', name: `${backup}.json` } as const)

interface StoredBackup {
  readonly stored: Uint8Array
  readonly now: string
}

/** What a person must know to restore: which key, in which state, and where Azure will take it back. */
function manifestOf(vault: VaultPlan, versions: readonly KeyVersionFacts[], { stored, now }: StoredBackup) {
  const { vaultName, keyName, subscriptionId, region } = vault
  const manifest = {
    vaultName, keyName, versions, at: now, sha256: sha256(stored), size: stored.length,
    restorableOnlyIn: { subscriptionId, geographyOf: region }
  }
  return { bytes: new TextEncoder().encode(canonicalJson(manifest)), contentType: 'application/json' }
}

async function manifestDigest(own: SlotAzure, backup: string): Promise<string | undefined> {
  const { value } = await own.store.read(manifestPlace(backup))
  return value && (JSON.parse(new TextDecoder().decode(value.bytes)) as { sha256: string }).sha256
}
