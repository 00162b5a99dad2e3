import type { RecordStore } from '../contracts/record-store.ts'

/** How many events Event Grid has given up on in a slot. It writes them, people take them away; the app reads none. */
export const deadLetterCount = async (store: RecordStore): Promise<number> =>
  (await store.list('dead-letters', '')).value.length
