import { whyShut, type Gate } from '../../domain/people/standing.ts'
import type { Weighed } from '../../domain/people/standing.ts'
import { readActed, writeActed } from '../../records/acted.ts'
import type { Reach } from '../step.ts'
import type { Party } from '../../domain/people/parties.ts'
import { personNow } from './person-now.ts'

export interface Weighing {
  readonly gate: Gate
  /** `by`: their name, for a reader. */
  readonly person: { readonly oid: string; readonly by: string }
  readonly parties: readonly Party[]
  /** They are one of the `others` of the gate. */
  readonly isOther?: boolean
  readonly tenantId: string
  /** ISO 8601 UTC */
  readonly now: string
}

/** Whether a person may pass a gate. Who passes one that acts for a slot has acted for it from here on, before the act counts. */
export async function weighed(
  reach: Reach,
  { gate, person, parties, isOther = false, tenantId, now: at }: Weighing
): Promise<Weighed> {
  const { store } = reach.azure.app
  const { oid, by } = person
  const actor = { tenantId, oid }
  const { unread, ...standing } = await personNow(reach, oid, parties)
  const seen = { ...standing, isOther }
  const actedFor = await readActed(store, actor)
  const why = whyShut(gate, by, { ...seen, actedFor })
  const because = why ?? (await lostTo())
  return { ...(because !== undefined && { why: because }), ...(unread !== undefined && { unread }) }

  /** Two acts for both slots at the same moment: one of them finds the other. */
  async function lostTo(): Promise<string | undefined> {
    if (gate.acts === undefined || actedFor !== undefined) return undefined // what was written stands for good
    return whyShut(gate, by, { ...seen, actedFor: await writeActed(store, actor, { slot: gate.acts, at }) })
  }
}
