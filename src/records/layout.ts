import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { layout, otherLayout } from '../domain/terms/layout.ts'
import { defineRecord } from './define-record.ts'

const marker = defineRecord({
  kind: 'layout',
  format: 1,
  schema: z.object({ layout: z.int() }),
  name: () => 'hub/layout.json'
})

/**
 * Why this app must not work on a store of records; undefined where it may. An empty store is marked with the layout of today,
 * by the first of all processes that look; one with records in it and no mark is of a version before layouts.
 */
export async function whyNotLayout(store: RecordStore): Promise<string | undefined> {
  const found = await marker.read(store, undefined)
  if (found) return found.layout === layout ? undefined : otherLayout(found.layout, 'the store of records')
  const { value: names } = await store.list('records', '')
  if (names.length === 0) await marker.put(store, undefined, { layout })
  const now = await marker.read(store, undefined) // another process may have marked it meanwhile
  return now?.layout === layout ? undefined : otherLayout(now?.layout, 'the store of records')
}
