import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { PlanReading, Showing } from '../contracts/readers.ts'
import { sameText } from '../domain/terms/same-text.ts'
import { defineRecord } from './define-record.ts'

/** That a plan was shown, whole, to somebody who may approve it: written once for each digest and person. */
const record = defineRecord({
  kind: 'shown plan',
  format: 1,
  schema: z.object({
    by: z.string().meta({ description: 'UPN' }),
    person: z.object({ oid: z.string(), tid: z.string() }),
    at: z.string().meta({ description: 'ISO 8601 UTC, by the clock of the store' }),
    on: z.enum(['page', 'api'])
  }),
  name: ({ onboarding, digest, oid }: PlanReading) => `${folderOf({ onboarding, digest })}${oid.toLowerCase()}.json`
})

const folderOf = ({ onboarding, digest }: Omit<PlanReading, 'oid'>): string => `${onboarding}/shown/${digest}/`

export async function writeShown(store: RecordStore, { onboarding, digest, ...shown }: Showing): Promise<void> {
  const reading = { onboarding, digest, oid: shown.person.oid }
  if (await record.has(store, reading)) return
  const { value: at } = await store.now('records')
  await record.put(store, reading, { ...shown, at })
}

/** A copy of somebody else's record, put under this person's name, is of nobody. */
export const wasShown = async (store: RecordStore, reading: PlanReading): Promise<boolean> =>
  (await ofPerson(store, reading)) !== undefined

async function ofPerson(store: RecordStore, reading: PlanReading) {
  const shown = await record.read(store, reading)
  return shown && sameText(shown.person.oid, reading.oid) ? shown : undefined
}

/** To whom a plan was shown, and when. */
export async function readShown(store: RecordStore, of: Omit<PlanReading, 'oid'>) {
  const folder = folderOf(of)
  const { value: names } = await store.list('records', folder)
  const oids = names.map((name) => name.slice(folder.length, -'.json'.length))
  const shown = await Promise.all(oids.map((oid) => ofPerson(store, { ...of, oid })))
  return shown.flatMap((each) => each ?? [])
}
