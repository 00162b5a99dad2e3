import { otherSlot } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { readOfflineCopy, writeOfflineCopy } from '../../records/offline-copy.ts'

/** Records that a slot's backups lie offline. Nobody keeps those of both slots (R11, R45). */
export const recordOfflineCopy =
  ({ azure }: Reach): Step<'record-offline-copy'> =>
  async ({ now, ...copy }) => {
    const { store } = azure.app
    const other = await readOfflineCopy(store, otherSlot(copy.slot))
    if (other?.by === copy.by) {
      const why = `${copy.by} keeps the offline copy of the other slot. Let another person keep this one.`
      return { outcome: 'refused', why }
    }
    await writeOfflineCopy(store, { ...copy, at: now })
    return { outcome: 'recorded', at: now }
  }
