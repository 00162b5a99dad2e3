import { doors } from '../../domain/ledger/gates.ts'
import { writeOfflineCopy } from '../../records/offline-copy.ts'
import { tenantParties } from '../people/tenant-parties.ts'
import { weighed } from '../people/weighed.ts'
import type { Reach, Step } from '../step.ts'

/** Records that a slot's backups lie offline, on the word of one of its operators: nobody keeps those of both (R11, R45). */
export const recordOfflineCopy =
  (reach: Reach): Step<'record-offline-copy'> =>
  async ({ now, person: { oid }, ...copy }) => {
    const { tenantId } = reach.config
    const known = await tenantParties(reach, tenantId)
    if (known === undefined) return { outcome: 'refused', why: nobodyKnown }
    const { parties } = known
    const gate = doors.offlineCopy(copy.slot)
    const { why } = await weighed(reach, { gate, person: { oid, by: copy.by }, parties, tenantId, now })
    if (why !== undefined) return { outcome: 'refused', why }
    await writeOfflineCopy(reach.azure.app.store, { ...copy, at: now })
    return { outcome: 'recorded', at: now }
  }

const nobodyKnown =
  'Nobody has said yet who stands for the slots of this tenant: no onboarding was approved here, and no vault handed over.'
