import type { RecordStore } from '../contracts/record-store.ts'
import { defineTextRecord } from './text-record.ts'

const record = defineTextRecord({
  kind: 'report of what a cancelled onboarding leaves',
  contentType: 'text/markdown; charset=utf-8',
  name: (onboarding: string) => `${onboarding}/cancelled.md`
})

/** Writes the report, once. Returns its name. */
export async function writeRemains(store: RecordStore, onboarding: string, markdown: string): Promise<string> {
  await record.put(store, onboarding, markdown)
  return record.nameOf(onboarding)
}

/** Undefined where the onboarding was not cancelled. */
export const readRemains = (store: RecordStore, onboarding: string): Promise<string | undefined> =>
  record.read(store, onboarding)
