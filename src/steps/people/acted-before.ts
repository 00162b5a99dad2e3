import { eachOf } from '../../at-a-time.ts'
import type { RecordStore } from '../../contracts/record-store.ts'
import type { Crossed } from '../../domain/checks/acted-before.ts'
import { isAmong, type Standing } from '../../domain/people/parties.ts'
import type { Slot } from '../../domain/terms/evidence.ts'
import { readActed } from '../../records/acted.ts'

export interface OfSlot {
  readonly slot: Slot
  /** Who stands for it, or is to. */
  readonly standing: readonly Standing[]
  /** Who stands for the other one: whoever is in both is found as that. */
  readonly other: readonly Standing[]
}

/** Of the people of a slot, whoever has acted for the other one of this tenant, whenever that was. */
export async function actedForOther(
  store: RecordStore,
  tenantId: string,
  { slot, standing, other }: OfSlot
): Promise<Crossed[]> {
  const people = standing.filter(({ upn, objectId }) => upn !== undefined && !isAmong(other, objectId))
  const seen = await eachOf(people, async ({ objectId, name }) => {
    const actedFor = await readActed(store, { tenantId, oid: objectId })
    return actedFor === undefined || actedFor === slot ? [] : [{ objectId, name, actedFor }]
  })
  return seen.flat()
}
