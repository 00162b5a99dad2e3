import type { DocumentProperties, RecordPlace, RecordStore } from '../contracts/record-store.ts'
import type { Reading } from '../domain/terms/reading.ts'
import { sha256 } from '../sha256.ts'

/** One state of a key: every state has one backup, and its manifest beside it (R45). */
export interface BackupOf {
  readonly vaultName: string
  /** As Key Vault spells it. */
  readonly keyName: string
  readonly fingerprint: string
}

const suffix = '.keybackup'
const digest = 'sha256'
const folderOf = (vaultName: string): string => `${vaultName}/`
const placeOf = (name: string): RecordPlace => ({ container: 'backups', name })

/** The name of a backup among those of its slot. */
export const backupName = ({ vaultName, keyName, fingerprint }: BackupOf): string =>
  `${folderOf(vaultName)}${keyName}/${fingerprint}${suffix}`

/**
 * Keeps what Key Vault gave, as it gave it: Microsoft's own format, which no one else can read. The first stays, with its
 * digest beside it.
 */
export const writeBackup = (
  store: RecordStore,
  name: string,
  bytes: Uint8Array
): Promise<Reading<{ created: boolean }>> =>
  store.putNew(placeOf(name), {
    bytes,
    contentType: 'application/octet-stream',
    metadata: { [digest]: sha256(bytes) }
  })

/** Undefined where there is none. */
export const readBackup = async (store: RecordStore, name: string): Promise<Uint8Array | undefined> =>
  (await seeBackup(store, name)).value

/** The same with the call that saw it. */
export async function seeBackup(store: RecordStore, name: string): Promise<Reading<Uint8Array | undefined>> {
  const { value, call } = await store.read(placeOf(name))
  return { value: value?.bytes, call }
}

/** The SHA-256 of what was given to the store; undefined where whoever wrote it kept none. */
export const digestGiven = ({ metadata }: Pick<DocumentProperties, 'metadata'>): string | undefined => metadata[digest]

/** What the store says of it: size and immutability; undefined where there is none. */
export const backupProperties = (store: RecordStore, name: string): Promise<Reading<DocumentProperties | undefined>> =>
  store.properties(placeOf(name))

/** Names of all backups of a slot, in order. */
export const allBackups = (store: RecordStore): Promise<string[]> => backupsUnder(store, '')

/** Names of the keys of a vault that have a backup. */
export async function keysBackedUp(store: RecordStore, vaultName: string): Promise<string[]> {
  const names = await backupsUnder(store, folderOf(vaultName))
  return [...new Set(names.map((name) => name.slice(folderOf(vaultName).length, name.lastIndexOf('/'))))]
}

/** Manifests lie beside them. */
async function backupsUnder(store: RecordStore, prefix: string): Promise<string[]> {
  const { value: names } = await store.list('backups', prefix)
  return names.filter((name) => name.endsWith(suffix))
}
