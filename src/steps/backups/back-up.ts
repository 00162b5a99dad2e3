import type { Reading } from '../../domain/terms/reading.ts'
import type { DocumentProperties } from '../../contracts/record-store.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import { manifestOf, type BackupHome } from '../../domain/backups/backup-manifest.ts'
import { mostVersions, type BackupObserved } from '../../domain/checks/backup.ts'
import { seenAt, type Call } from '../../domain/terms/evidence.ts'
import { fingerprintOf } from '../../domain/backups/key-fingerprint.ts'
import type { KeyVersions } from '../../domain/resources/key.ts'
import { parseKeyId } from '../../domain/terms/key-uri.ts'
import { UnreadableRecord } from '../../contracts/unreadable-record.ts'
import { backupName, backupProperties, digestGiven, seeBackup, writeBackup } from '../../records/backup.ts'
import { lookAtManifest, readManifest, writeManifest } from '../../records/backup-manifest.ts'
import { sha256 } from '../../sha256.ts'

export interface BackupLook {
  /** Of this state of the key, among the backups of its slot. */
  readonly name: string
  readonly seen: BackupObserved
  readonly call: Call | readonly Call[]
  /** False: a backup of exactly this state of the key was there already, or none can be made. */
  readonly made: boolean
  /** All versions of the key, as they were backed up. */
  readonly versions: KeyVersions
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
  const work = workFor(own, key, { versions, now })
  if (versions.length > mostVersions) return beyondBackup(work, call)
  return stored(work, call, await backupProperties(own.store, work.name))
}

/** The same for a key that is looked at often: where backup and manifest are there, the backup is not downloaded again. */
export async function keepBackedUp(own: SlotAzure, key: KeyHome, now: string): Promise<BackupLook | undefined> {
  const { value: versions, call } = await own.keys.versions(key)
  if (!versions) return undefined
  const work = workFor(own, key, { versions, now })
  if (versions.length > mostVersions) return beyondBackup(work, call)
  const { name } = work
  const manifest = await lookAtManifest(own.store, name)
  const backup = await backupProperties(own.store, name)
  if (!backup.value || !manifest) return stored(work, call, backup)
  const seen = {
    ...seenOf(backup.value, work),
    sha256: manifest.sha256,
    storedSha256: digestGiven(backup.value) ?? manifest.sha256
  }
  return { name, seen, call: [call, backup.call], made: false, versions, backedUpAt: manifest.at }
}

/** Whether there was a backup when it was looked for. */
type BackupThere = Reading<DocumentProperties | undefined>

interface Work {
  readonly own: SlotAzure
  readonly key: KeyHome
  readonly versions: KeyVersions
  readonly fingerprint: string
  readonly name: string
  readonly now: string
}

function workFor(own: SlotAzure, key: KeyHome, { versions, now }: Pick<Work, 'versions' | 'now'>): Work {
  const fingerprint = fingerprintOf(versions, sha256)
  const { name: keyName } = parseKeyId(versions[0].id) // as Key Vault spells it, whatever the asker wrote
  return { own, key, versions, fingerprint, name: backupName({ vaultName: key.vaultName, keyName, fingerprint }), now }
}

async function stored(work: Work, listed: Call, there: BackupThere): Promise<BackupLook> {
  const { own, key, versions, name } = work
  const bytes = there.value ? undefined : (await own.keys.backup(key)).value
  const put = bytes && (await writeBackup(own.store, name, bytes))
  // Two backups of one key differ in bytes: where another run stored its own first, the stored one is the backup.
  const { value: content, call: read } = await seeBackup(own.store, name)
  if (!content) throw notYetReadable(key)
  const facts = await storedProperties(work)
  requireWhole(work, content, facts.value)
  const { sha256: digest, backedUpAt } = await keepManifest({ ...work, now: seenAt(work.now, read) }, content)
  const kept = { size: content.length, sha256: digest, storedSha256: sha256(content) }
  const seen = { ...seenOf(facts.value, work), ...kept }
  return { name, seen, call: [listed, read, facts.call], made: put?.value.created ?? false, versions, backedUpAt }
}

/** A manifest stays for years: none is written about content that is not all of what was given to the store. */
function requireWhole({ name }: Work, content: Uint8Array, facts: DocumentProperties): void {
  const given = digestGiven(facts)
  if (content.length > 0 && content.length === facts.size && (given ?? sha256(content)) === sha256(content)) return
  throw new UnreadableRecord(
    'backup of a key',
    name,
    `${String(content.length)} bytes of SHA-256 ${sha256(content)} were read where the store has ${String(facts.size)}` +
      (given === undefined ? '' : ` and was given SHA-256 ${given}`)
  )
}

/** The first manifest stays, like the backup it describes. */
async function keepManifest({ own, key, versions, fingerprint, name, now }: Work, content: Uint8Array) {
  const taken = { home: key, versions, fingerprint, sha256: sha256(content), size: content.length, at: now }
  await writeManifest(own.store, name, manifestOf(taken))
  const manifest = await readManifest(own.store, name)
  return { sha256: manifest?.sha256 ?? 'unreadable', backedUpAt: manifest?.at ?? now }
}

async function storedProperties({ own, key, name }: Work): Promise<Reading<DocumentProperties>> {
  const { value, call } = await backupProperties(own.store, name)
  if (value) return { value, call }
  throw notYetReadable(key)
}

const notYetReadable = ({ keyName, vaultName }: KeyHome): Error =>
  new Error(`The backup of ${keyName} of ${vaultName} was stored but cannot be read yet. It is looked for again.`)

function seenOf({ url, size, immutabilityMode, immutableUntil }: DocumentProperties, { versions }: Work) {
  return { blobUrl: url, versions: versions.length, size, immutabilityMode, immutableUntil }
}

/** Key Vault would refuse: the finding says so instead. */
function beyondBackup({ versions, name }: Work, call: Call): BackupLook {
  const nothing = { sha256: '', storedSha256: '', size: 0, immutabilityMode: undefined, immutableUntil: undefined }
  const { versionless: blobUrl } = parseKeyId(versions[0].id)
  return { name, seen: { ...nothing, blobUrl, versions: versions.length }, call, made: false, versions }
}
