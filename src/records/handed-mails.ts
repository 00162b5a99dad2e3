import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { defineRecord } from './define-record.ts'

/** One try to hand a mail to the mail service, of any onboarding: what it limits is counted by the names of these. */
interface HandedMail {
  readonly operationId: string
  /** By the store's clock, ISO 8601 UTC. */
  readonly at: string
}

const record = defineRecord({
  kind: 'handed mail',
  format: 1,
  schema: z.object({ operationId: z.string() }),
  name: ({ operationId, at }: HandedMail) => `${folderOf(at)}${at}.${operationId}.json`
})

export async function noteHanded(store: RecordStore, operationId: string): Promise<void> {
  const { value: at } = await store.now('records')
  await record.put(store, { operationId, at }, { operationId })
}

/** How many were tried in the last hour. */
export async function handedWithinHour(store: RecordStore): Promise<number> {
  const { value: now } = await store.now('records')
  const anHourAgo = new Date(Date.parse(now) - hourMs).toISOString()
  const lists = await Promise.all(listingsOf(anHourAgo, now).map((prefix) => store.list('records', prefix)))
  return lists.flatMap(({ value }) => value).filter((name) => name > `${folderOf(anHourAgo)}${anHourAgo}`).length
}

/** What both hours begin with, where they are of one day: a day's mails are one listing. */
const listingsOf = (...moments: [string, string]): readonly string[] =>
  [...new Set(moments.map((at) => at.slice(0, 'yyyy-mm-dd'.length)))].map((day) => `hub/mails/${day}T`)

const hourMs = 3_600_000

/** By the hour: e.g. `hub/mails/2026-11-30T13/`. */
const folderOf = (at: string): string => `hub/mails/${at.slice(0, 13)}/`
