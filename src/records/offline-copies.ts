import type { RecordStore } from '../contracts/record-store.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import {
  copyFolder,
  copyName,
  newestCopy,
  type CopiesOfSlots,
  type OfflineCopy
} from '../domain/backups/offline-copy.ts'
import { putRecord } from './records.ts'

/** Keeps an attestation; the first of its moment stays. */
export async function rememberCopy(records: RecordStore, copy: OfflineCopy): Promise<void> {
  await putRecord(records, copyName(copy), copy)
}

/** When the newest offline copy of a slot was attested, ISO 8601 UTC; undefined: never. */
async function copiedAt(records: RecordStore, slot: Slot): Promise<string | undefined> {
  return newestCopy((await records.list('records', copyFolder(slot))).value)
}

export async function copiesOfSlots(records: RecordStore): Promise<CopiesOfSlots> {
  const [first, second] = [await copiedAt(records, 1), await copiedAt(records, 2)]
  return { ...(first !== undefined && { 1: first }), ...(second !== undefined && { 2: second }) }
}

/** Who attested it; undefined where there is none. */
export async function whoCopied(records: RecordStore, slot: Slot): Promise<string | undefined> {
  const at = await copiedAt(records, slot)
  if (at === undefined) return undefined
  const { value } = await records.read({ container: 'records', name: copyName({ slot, at }) })
  return value && (JSON.parse(new TextDecoder().decode(value.bytes)) as OfflineCopy).by // written by rememberCopy alone
}
