import { z } from 'zod'
import { moment, requirement } from './fields.ts'

/** `R1` to `R47`: the numbered requirements of Microsoft's article. */
export type Requirement = `R${number}`

export type Slot = 1 | 2

/** Which credential made a call. Each slot's reaches only its own subscription, vaults and store. */
export type Identity = z.output<typeof identity>

export const identity = z.enum(['app', 'slot-1', 'slot-2'])

const call = z
  .object({
    /** e.g. `GET subscription` */
    operation: z.string(),
    /** Azure's request id (`x-ms-request-id`, on Graph `request-id`). */
    requestId: z.string(),
    identity,
    /** Host and path of that very request, without what names a person; absent in records of before 0.2. */
    path: z.string().optional(),
    /** When it was answered, as the answer says (`Date`): ISO 8601 UTC, whole seconds; absent where none says so. */
    at: moment.optional()
  })
  .readonly()

/** One call to Azure: what was asked, and Azure's own id for the answer. */
export type Call = z.output<typeof call>

export const evidence = z.object({
  requirement,
  /** Code of the check, e.g. `offer-type`. */
  check: z.string(),
  resource: z.string(),
  observed: z.string(),
  expected: z.string(),
  held: z.boolean(),
  /** What could not be looked at, and why: the check is of the rest. */
  unread: z.string().exactOptional(),
  /** ISO 8601 UTC: when the last of its calls was answered. */
  at: moment,
  call,
  /** The other calls that it rests on, where one alone does not show it. */
  besides: z.array(call).readonly().optional()
})

/** One record that one requirement held, or did not, for one resource. */
export type Evidence = Readonly<z.output<typeof evidence>>

/** When something was seen that a step began to look at: Azure may have let it wait. ISO 8601 UTC. */
export const seenAt = (begun: string, ...calls: readonly Pick<Call, 'at'>[]): string =>
  calls.reduce((latest, { at }) => (at !== undefined && at > latest ? at : latest), begun)

export const evidenceRef = z.object({
  store: identity,
  /** Blob name. Record `n` of the batch, from 0, has the id `{name}#{n}`. */
  name: z.string(),
  sha256: z.string(),
  /** The requirement of each record, in the batch's order. */
  requirements: z.array(requirement).readonly()
})

/** What history carries of a written batch of evidence: where it lies, its digest, and what its records are about. */
export type EvidenceRef = Readonly<z.output<typeof evidenceRef>>

/** One check that failed. `code` names its tasks: `retry-{code}`, `override-{code}`. */
export interface Finding {
  /** Code of the check: what it means, how to look and what follows stand there, in src/domain/checks. */
  readonly check: string
  readonly code: string
  readonly requirement: Requirement
  readonly resource: string
  readonly observed: string
  readonly expected: string
  /** What to do, in words an operator can follow. */
  readonly remedy: string
  /** Whether an operator may override it with a name and a reason (DESIGN rule 8). */
  readonly overridable: boolean
  /**
   * What is to be mended, in a few words, where that lies above the resource: findings with the same words are of one cause, and
   * one cure cures them all.
   */
  readonly cause?: string
  /** What the app does about it on an operator's word (`mend-{code}`); absent where people must. */
  readonly mend?: string
}

/** A recorded decision to go on although a check did not hold. */
export interface Override {
  readonly code: string
  /** What was observed when it was said: it covers nothing else. */
  readonly observed: string
  /** Of the finding: the hand-off then calls it attested, not proved. */
  readonly requirement: Requirement
  readonly by: string
  readonly reason: string
  readonly at: string
}

/**
 * Whether somebody said to go on in spite of this very thing: what came later under the same code is another. It may leave out
 * why, e.g. of an event subscription that Azure refused; it may not be one of several things that were there.
 */
export const covers = (
  { code, observed }: Pick<Override, 'code' | 'observed'>,
  seen: { readonly code: string; readonly observed: string }
): boolean => code === seen.code && (observed === seen.observed || restOf(observed, seen.observed).startsWith(': '))

const restOf = (whole: string, beginning: string): string =>
  whole.startsWith(beginning) ? whole.slice(beginning.length) : ''
