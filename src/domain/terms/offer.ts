import type { Workload } from './workloads.ts'

/** A FastTrack offer that a person submitted, and the officers it names (R13–R15). */
export interface Offer {
  readonly workload: Workload
  readonly requestId: string
  /** They alone authorise the destruction of keys and data, should it ever be asked for. */
  readonly officers: readonly { readonly name: string; readonly email: string }[]
  /** The work account that signed in at FastTrack (R9). */
  readonly signedInAs?: string | undefined
  /** As FastTrack's card names it (R14). */
  readonly chosenOffer?: string | undefined
  /** UPN of the person who recorded it. */
  readonly submittedBy: string
  /** ISO 8601 UTC */
  readonly at: string
}
