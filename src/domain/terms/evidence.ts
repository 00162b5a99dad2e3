/** `R1` to `R47`: the numbered requirements of Microsoft's article. */
export type Requirement = `R${number}`

export type Slot = 1 | 2

/** Which credential made a call. Each slot's reaches only its own subscription, vaults and store. */
export type Identity = 'app' | 'slot-1' | 'slot-2'

export const slotIdentity = (slot: Slot): Identity => `slot-${slot}`

/** One call to Azure: what was asked, and Azure's own id for the answer. */
export interface Call {
  /** e.g. `GET subscription` */
  readonly operation: string
  /** Azure's request id (`x-ms-request-id`, on Graph `request-id`). */
  readonly requestId: string
  readonly identity: Identity
}

/** One record that one requirement held, or did not, for one resource. */
export interface Evidence {
  readonly requirement: Requirement
  /** Code of the check, e.g. `offer-type`. */
  readonly check: string
  readonly resource: string
  readonly observed: string
  readonly expected: string
  readonly held: boolean
  /** ISO 8601 UTC: the orchestrator's time. */
  readonly at: string
  readonly call: Call
}

/** What history carries of a written batch of evidence: where it lies, its digest, and what its records are about. */
export interface EvidenceRef {
  readonly store: Identity
  /** Blob name. Record `n` of the batch, from 0, has the id `{name}#{n}`. */
  readonly name: string
  readonly sha256: string
  /** The requirement of each record, in the batch's order. */
  readonly requirements: readonly Requirement[]
}

/** One check that failed. `code` names its tasks: `retry-{code}`, `override-{code}`. */
export interface Finding {
  readonly code: string
  readonly requirement: Requirement
  readonly resource: string
  readonly observed: string
  readonly expected: string
  /** What to do, in words an operator can follow. */
  readonly remedy: string
  /** Whether an operator may override it with a name and a reason (DESIGN rule 8). */
  readonly overridable: boolean
  /** What the app does about it on an operator's word (`mend-{code}`); absent where people must. */
  readonly mend?: string
}

/** A recorded decision to go on although a check did not hold. */
export interface Override {
  readonly code: string
  /** Of the finding: the hand-off then calls it attested, not proved. */
  readonly requirement: Requirement
  readonly by: string
  readonly reason: string
  readonly at: string
}
