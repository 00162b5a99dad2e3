import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { CopiesOfSlots, OfflineCopy } from '../domain/backups/offline-copy.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { slot } from '../domain/terms/fields.ts'
import { defineRecord } from './define-record.ts'

const schema = z.object({
  slot,
  by: z.string(),
  location: z.string(),
  statement: z.string().optional(),
  at: z.string()
}) satisfies z.ZodType<OfflineCopy>

type CopyOf = Pick<OfflineCopy, 'slot' | 'at'>

const folder = 'offline-copies/'
const folderOf = (of: Slot): string => `${folder}slot-${of}/`
const extension = '.json'

const record = defineRecord({
  kind: 'offline copy',
  format: 1,
  schema,
  name: ({ slot: of, at }: CopyOf) => `${folderOf(of)}${at}${extension}`
})

/** Keeps an attestation; the first of its moment stays. */
export async function writeOfflineCopy(store: RecordStore, copy: OfflineCopy): Promise<void> {
  await record.put(store, copy, copy)
}

/** When the newest of a slot was attested. */
export const copiedAt = async (store: RecordStore, of: Slot): Promise<string | undefined> =>
  newestOf((await store.list('records', folderOf(of))).value, of)

/** The newest of a slot; undefined where none was attested. */
export async function readOfflineCopy(store: RecordStore, of: Slot): Promise<OfflineCopy | undefined> {
  const at = await copiedAt(store, of)
  return at === undefined ? undefined : record.read(store, { slot: of, at })
}

/** When the newest of each slot was attested. */
export async function copiesOfSlots(store: RecordStore): Promise<CopiesOfSlots> {
  const { value: names } = await store.list('records', folder)
  const [first, second] = [newestOf(names, 1), newestOf(names, 2)]
  return { ...(first !== undefined && { 1: first }), ...(second !== undefined && { 2: second }) }
}

/** ISO 8601 UTC: names of records sort by time. */
function newestOf(names: readonly string[], of: Slot): string | undefined {
  const theirs = names.filter((name) => name.startsWith(folderOf(of)))
  return theirs.toSorted().at(-1)?.slice(folderOf(of).length, -extension.length)
}
