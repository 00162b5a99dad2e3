import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { seenAt } from '../domain/terms/evidence.ts'
import { defineRecord } from './define-record.ts'

/** One try to hand a mail to the mail service, of any onboarding: what it limits is counted by the names of these. */
interface HandedMail {
  readonly operationId: string
  /** By the clock of whoever was asked last before it, ISO 8601 UTC. */
  readonly at: string
}

const record = defineRecord({
  kind: 'handed mail',
  format: 1,
  schema: z.object({ operationId: z.string() }),
  name: ({ operationId, at }: HandedMail) => `${folderOf(at)}${at}.${operationId}.json`
})

export const noteHanded = (store: RecordStore, { operationId, at }: HandedMail): Promise<unknown> =>
  record.put(store, { operationId, at }, { operationId })

/** How many were tried in the last hour by the store's clock. `now`, ISO 8601 UTC: where to look first, it may be late. */
export async function handedWithinHour(store: RecordStore, now: string): Promise<number> {
  const { value: names, call } = await store.list('records', listingOf(now))
  const present = seenAt(now, call)
  const anHourAgo = new Date(Date.parse(present) - hourMs).toISOString()
  const others = new Set([anHourAgo, present].map(listingOf).filter((prefix) => prefix !== listingOf(now)))
  const lists = await Promise.all([...others].map((prefix) => store.list('records', prefix)))
  const all = [...names, ...lists.flatMap(({ value }) => value)]
  return all.filter((name) => name > `${folderOf(anHourAgo)}${anHourAgo}`).length
}

/** A day's mails are one listing. */
const listingOf = (at: string): string => `hub/mails/${at.slice(0, 'yyyy-mm-dd'.length)}T`

const hourMs = 3_600_000

/** By the hour: e.g. `hub/mails/2026-11-30T13/`. */
const folderOf = (at: string): string => `hub/mails/${at.slice(0, 13)}/`
