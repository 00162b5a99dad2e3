import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import type { Slot } from '../domain/terms/evidence.ts'
import { slot } from '../domain/terms/fields.ts'
import { defineRecord } from './define-record.ts'

/** A person of a tenant, by object id. */
export interface ActorOf {
  readonly tenantId: string
  readonly oid: string
}

/** For which slot a person acts in a tenant: the first act says it for good, whatever onboarding or vault it is about (R11). */
const record = defineRecord({
  kind: 'slot of a person',
  format: 1,
  schema: z.object({ slot, at: z.string() }),
  name: ({ tenantId, oid }: ActorOf) => `acted/${tenantId}/${oid}.json`.toLowerCase()
})

/** The slot that they have acted for before; undefined: for none. */
export const readActed = async (store: RecordStore, actor: ActorOf): Promise<Slot | undefined> =>
  (await record.read(store, actor))?.slot

/** Written before the act counts. Gives the slot that stands: of two acts at the same moment one finds the other there. */
export async function writeActed(store: RecordStore, actor: ActorOf, acts: { slot: Slot; at: string }): Promise<Slot> {
  const { value } = await record.put(store, actor, acts)
  return value.created ? acts.slot : ((await readActed(store, actor)) ?? acts.slot)
}
