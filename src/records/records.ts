import type { RecordStore } from '../contracts/record-store.ts'
import { canonicalJson } from '../domain/terms/digest.ts'
import type { StoredRecord } from '../domain/terms/stored-record.ts'
import { sha256 } from './digests.ts'

/** Writes a JSON document under a name that says what it is; one that is there stays. */
export async function putRecord(records: RecordStore, name: string, content: object): Promise<void> {
  await putText(records, name, JSON.stringify(content))
}

const putText = (records: RecordStore, name: string, text: string) =>
  records.putNew(
    { container: 'records', name },
    { bytes: new TextEncoder().encode(text), contentType: 'application/json' }
  )

/** Writes a JSON document under a name of its own content. */
export async function keepRecord(records: RecordStore, stem: string, content: object): Promise<StoredRecord> {
  const text = canonicalJson(content)
  const digest = sha256(text)
  const name = `${stem}/${digest.slice(0, 12)}.json`
  await putText(records, name, text)
  return { name, sha256: digest }
}

/** Reads such a document back and refuses one that is not what was written. */
export async function readRecord<T>(records: RecordStore, { name, sha256: expected }: StoredRecord): Promise<T> {
  const { value } = await records.read({ container: 'records', name })
  const text = new TextDecoder().decode(value?.bytes)
  if (sha256(text) === expected) return JSON.parse(text) as T
  throw new Error(
    `Record ${name} is missing or not the one that was written. Restore it from the store's versions, then retry.`
  )
}
