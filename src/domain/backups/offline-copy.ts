import type { Person } from '../people/person.ts'
import type { BySlot } from '../terms/by-slot.ts'
import type { Slot } from '../terms/evidence.ts'
import { slot } from '../terms/fields.ts'
import { attestation } from '../tasks/slot-end.ts'

/** Where somebody keeps copies of all backups of a slot, away from any network (R45). */
export interface OfflineCopy {
  readonly slot: Slot
  /** UPN of who put it there. */
  readonly by: string
  readonly location: string
  readonly statement?: string | undefined
  /** ISO 8601 UTC: every backup taken before is in it. */
  readonly at: string
}

/** How long a newer backup may go without an offline copy. */
export const daysToCopy = 14

/** Body of `POST /api/backups/offline-copies`. */
export const offlineCopyBody = attestation.extend({ slot })

/** When the newest of each slot was attested, ISO 8601 UTC. */
export type CopiesOfSlots = Partial<BySlot<string>>

export type OfflineCopyInput = Omit<OfflineCopy, 'at'> & { readonly person: Person }

export type OfflineCopyOutcome =
  | { readonly outcome: 'recorded'; readonly at: string }
  | { readonly outcome: 'refused'; readonly why: string }
