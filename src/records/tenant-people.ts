import { z } from 'zod'
import type { RecordStore } from '../contracts/record-store.ts'
import { slot } from '../domain/terms/fields.ts'
import { defineRecord } from './define-record.ts'

/** Who stands for the slots of a tenant that was set up by hand, as both slots said it with the first vault handed over. */
export type TenantPeople = Readonly<z.output<typeof schema>>

const schema = z.object({
  slots: z
    .array(z.object({ slot, operators: z.array(z.object({ party: z.string(), objectId: z.string() })) }))
    .readonly()
})

const record = defineRecord({
  kind: 'people of a tenant',
  format: 1,
  schema,
  name: (tenantId: string) => `tenants/${tenantId.toLowerCase()}/people.json`
})

export const readTenantPeople = (store: RecordStore, tenantId: string): Promise<TenantPeople | undefined> =>
  record.read(store, tenantId)

/** The first that both slots have said stays. */
export async function keepTenantPeople(store: RecordStore, tenantId: string, people: TenantPeople): Promise<void> {
  await record.put(store, tenantId, people)
}
