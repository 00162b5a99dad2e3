import type { DocumentProperties } from '../../contracts/record-store.ts'
import type { Seen } from '../../azure/call.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { backupNames, manifestOf, parseManifest, type BackupHome } from '../../domain/backups/backup-manifest.ts'
import { mostVersions, type BackupSeen } from '../../domain/checks/backup.ts'
import { canonicalJson } from '../../domain/terms/digest.ts'
import type { Call } from '../../domain/terms/evidence.ts'
import { fingerprintOf, type KeyVersionSeen } from '../../domain/backups/key-fingerprint.ts'
import { parseKeyId } from '../../domain/terms/key-uri.ts'
import { sha256 } from '../../records/digests.ts'

export interface BackupLook {
  readonly seen: BackupSeen
  readonly call: Call
  /** False: a backup of exactly this state of the key was there already, or none can be made. */
  readonly made: boolean
  /** All versions of the key, as they were backed up. */
  readonly versions: readonly KeyVersionSeen[]
  /** When this state was backed up, ISO 8601 UTC; absent where none can be made. */
  readonly backedUpAt?: string
}

/** A key of a managed vault. */
export type KeyHome = BackupHome & { readonly keyName: string }

/**
 * Backs a key up as it is now, and stores the backup, in one step: the bytes never leave it (R45). The name carries the
 * fingerprint of all versions, so the same state is stored once however often this runs. What is stored is read back.
 * Undefined: there is no such key.
 */
export async function backUp(own: SlotAzure, key: KeyHome, now: string): Promise<BackupLook | undefined> {
  const { value: versions, call } = await own.keys.versions(key)
  if (!versions) return undefined
  if (versions.length > mostVersions) return beyondBackup(versions, now, call)
  return stored({ own, key, versions, now })
}

/** The same for a key that is looked at often: where backup and manifest are there, the backup is not downloaded again. */
export async function keepBackedUp(own: SlotAzure, key: KeyHome, now: string): Promise<BackupLook | undefined> {
  const { value: versions, call } = await own.keys.versions(key)
  if (!versions) return undefined
  if (versions.length > mostVersions) return beyondBackup(versions, now, call)
  const places = placesOf(key, versions)
  const manifest = await own.store.properties(places.manifest)
  const { takenat: backedUpAt, sha256: digest } = manifest.value?.metadata ?? {}
  const backup = await own.store.properties(places.backup)
  if (!backup.value || !backedUpAt || !digest) return stored({ own, key, versions, now })
  const seen = { ...seenOf(backup.value, versions, now), sha256: digest, storedSha256: digest }
  return { seen, call: backup.call, made: false, versions, backedUpAt }
}

interface Work {
  readonly own: SlotAzure
  readonly key: KeyHome
  readonly versions: readonly KeyVersionSeen[]
  readonly now: string
}

async function stored({ own, key, versions, now }: Work): Promise<BackupLook> {
  const places = placesOf(key, versions)
  const there = await own.store.properties(places.backup)
  const bytes = there.value ? undefined : (await own.keys.backup(key)).value
  const put = bytes && (await own.store.putNew(places.backup, { bytes, contentType: 'application/octet-stream' }))
  // Two backups of one key differ in bytes: where another run stored its own first, the stored one is the backup.
  const content = (await own.store.read(places.backup)).value?.bytes ?? new Uint8Array()
  const manifest = await keepManifest({ own, key, versions, now }, content)
  const facts = await backupFacts(own, key, places.backup)
  const seen = {
    ...seenOf(facts.value, versions, now),
    size: content.length,
    ...manifest,
    storedSha256: sha256(content)
  }
  const { backedUpAt, ...observed } = seen
  return { seen: observed, call: facts.call, made: put?.value.created ?? false, versions, backedUpAt }
}

/** The first manifest stays, like the backup it describes. */
async function keepManifest({ own, key, versions, now }: Work, content: Uint8Array) {
  const { manifest: place, fingerprint } = placesOf(key, versions)
  const taken = { home: key, versions, fingerprint, sha256: sha256(content), size: content.length, at: now }
  await own.store.putNew(place, {
    bytes: new TextEncoder().encode(canonicalJson(manifestOf(taken))),
    contentType: 'application/json',
    metadata: { takenat: now, sha256: taken.sha256 }
  })
  const { value } = await own.store.read(place)
  const manifest = value && parseManifest(new TextDecoder().decode(value.bytes))
  return { sha256: manifest?.sha256 ?? 'unreadable', backedUpAt: manifest?.at ?? now }
}

async function backupFacts(own: SlotAzure, key: KeyHome, place: BackupPlace): Promise<Seen<DocumentProperties>> {
  const { value, call } = await own.store.properties(place)
  if (value) return { value, call }
  throw new Error(
    `The backup of ${key.keyName} of ${key.vaultName} was stored but cannot be read yet. It is looked for again.`
  )
}

interface BackupPlace {
  readonly container: 'backups'
  readonly name: string
}

function placesOf({ vaultName }: KeyHome, versions: readonly KeyVersionSeen[]) {
  const fingerprint = fingerprintOf(versions, sha256)
  const { name: keyName } = parseKeyId(versions[0]?.id ?? '') // as Key Vault spells it, whatever the asker wrote
  const { backup, manifest } = backupNames(vaultName, keyName, fingerprint)
  const place = (name: string): BackupPlace => ({ container: 'backups', name })
  return { backup: place(backup), manifest: place(manifest), fingerprint }
}

function seenOf(facts: DocumentProperties, { length }: readonly KeyVersionSeen[], now: string) {
  const { url, size, immutabilityMode, immutableUntil } = facts
  return { blobUrl: url, versions: length, size, immutabilityMode, immutableUntil, now }
}

/** Key Vault would refuse: the finding says so instead. */
function beyondBackup(versions: readonly KeyVersionSeen[], now: string, call: Call): BackupLook {
  const nothing = { sha256: '', storedSha256: '', size: 0, immutabilityMode: undefined, immutableUntil: undefined }
  const blobUrl = parseKeyId(versions[0]?.id ?? '').versionless
  return { seen: { ...nothing, blobUrl, versions: versions.length, now }, call, made: false, versions }
}
