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

/**
 * For which slot a person acts in a tenant: the first act says it for good, whatever onboarding or vault it is about (R11). It
 * lies beside the ledger, where the app may add and nobody may change or take away.
 */
const kind = {
  kind: 'slot of a person',
  format: 1,
  schema: z.object({ slot, at: z.string() }),
  name: ({ tenantId, oid }: ActorOf) => `acted/${tenantId}/${oid}.json`.toLowerCase()
} as const
const record = defineRecord({ ...kind, container: 'ledger' })

/** Where releases up to 0.1.0 wrote it. */
const before = defineRecord(kind)

/** The slot that they have acted for before; undefined: for none. */
export const readActed = async (store: RecordStore, actor: ActorOf): Promise<Slot | undefined> =>
  ((await record.read(store, actor)) ?? (await before.read(store, actor)))?.slot

/** Written before the act counts. Gives the slot that stands: of two acts at the same moment one finds the other there. */
export async function writeActed(store: RecordStore, actor: ActorOf, acts: { slot: Slot; at: string }): Promise<Slot> {
  const stands = (await before.read(store, actor))?.slot
  if (stands !== undefined && stands !== acts.slot) return stands
  const { value } = await record.put(store, actor, acts)
  return value.created ? acts.slot : ((await readActed(store, actor)) ?? acts.slot)
}
