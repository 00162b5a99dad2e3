import { refusedChecks } from '../domain/checks/refused.ts'
import type { Cause } from '../domain/terms/causes.ts'
import type { Call } from '../domain/terms/evidence.ts'
import type { CallPlace, Refused } from '../domain/terms/refused.ts'

/**
 * `throttled` and `unavailable` pass by themselves; the others stay until a person changes something. `unreadable`: Azure
 * said yes, and what it said is no answer to what was asked (DESIGN rule 12).
 */
export type AzureFailure =
  | 'not-found'
  | 'forbidden'
  | 'conflict'
  | 'throttled'
  | 'unavailable'
  | 'invalid'
  | 'unreadable'

export interface FailedCall {
  readonly kind: AzureFailure
  /** e.g. `Key Vault` */
  readonly service: string
  /** `requestId` is empty when no answer came. */
  readonly call: Call
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined
  /** Azure's error code, or ours where Azure gave none: `NoAnswer`, `Timeout`, `NoToken`. */
  readonly code: string
  /** The innermost, where it says more, e.g. `ForbiddenByRbac`. */
  readonly innerCode?: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** By Azure's codes (`src/domain/terms/causes.ts`); undefined for what the table does not know. */
  readonly cause?: Cause | undefined
  /** Azure's own sentence, fit to be shown; empty where it said none. */
  readonly said?: string
  readonly place?: CallPlace
  /** For `forbidden`, where Azure says it: the action and the scope, e.g. `Microsoft.KeyVault/vaults/write on /…`. */
  readonly missingRight?: string | undefined
  /** What Azure names as being in the way, e.g. the assignment of a policy. */
  readonly obstacle?: string | undefined
  /** For `unreadable`: where in the answer what was expected, e.g. `/value: expected array`. Never what was there. */
  readonly misfit?: string | undefined
}

/**
 * One call to Azure failed. The message names the call and the remedy, and is what logs get; `told` has Azure's sentence too, as
 * far as it may be shown, and is what findings are made of. Azure's words as they came stay in `cause`.
 */
export class AzureCallError extends Error {
  override readonly name = 'AzureCallError'
  readonly kind: AzureFailure
  readonly call: Call
  readonly status: number | undefined
  readonly code: string
  readonly retryAfterSeconds: number | undefined
  readonly missingRight: string | undefined
  readonly service: string
  /** What the call was about, as far as its address tells. */
  readonly place: CallPlace
  /** Why, where its cause is known: what a finding is made of. */
  readonly refused: Refused | undefined
  readonly told: string
  /** The same without a cure. */
  readonly happened: string

  constructor(failed: FailedCall, cause: unknown) {
    const refused = refusedOf(failed)
    const remedy = remedyOf(failed, refused)
    super(`${happenedTo({ ...failed, said: '' })} ${remedy}`, { cause })
    this.happened = happenedTo(failed)
    this.told = `${this.happened} ${remedy}`
    this.kind = failed.kind
    this.service = failed.service
    this.place = failed.place ?? {}
    this.call = failed.call
    this.status = failed.status
    this.code = failed.code
    this.retryAfterSeconds = failed.retryAfterSeconds
    this.missingRight = failed.missingRight
    this.refused = refused
  }

  get operation(): string {
    return this.call.operation
  }
}

function refusedOf(failed: FailedCall): Refused | undefined {
  const { cause, place = {}, missingRight, obstacle, call } = failed
  if (cause === undefined) return undefined
  return {
    cause,
    identity: call.identity,
    operation: call.operation,
    observed: happenedTo(failed),
    place,
    ...(missingRight !== undefined && { missingRight }),
    ...(obstacle !== undefined && { obstacle })
  }
}

/** Whether trying the same call again later may help (DESIGN rule 2). */
export function isPassing(error: unknown): boolean {
  return error instanceof AzureCallError && (error.kind === 'throttled' || error.kind === 'unavailable')
}

const happened: Readonly<Record<AzureFailure, string>> = {
  'not-found': 'did not find what was asked for',
  forbidden: 'refused',
  conflict: 'found a conflict',
  throttled: 'asked to slow down',
  unavailable: 'did not answer usefully',
  invalid: 'rejected the request',
  unreadable: 'answered something that cannot be read'
}

const remedies: Readonly<Record<AzureFailure, string>> = {
  'not-found': 'Check the name and that the resource was not deleted.',
  forbidden: 'Read what it says: a right, a rule or a network may be in the way. Mend that, then try again.',
  conflict: 'Look at the present state of the resource before trying again.',
  throttled: 'Try again later.',
  unavailable: 'Try again later.',
  invalid: 'Correct the request: repeating it cannot help.',
  unreadable:
    'Nothing is taken as true by it: look at the resource by hand. If the next look finds the same, report this as a fault of the app.'
}

const remedyOf = ({ kind }: FailedCall, refused: Refused | undefined): string =>
  refused ? refusedChecks[refused.cause].cure(refused, undefined) : remedies[kind]

function happenedTo({ kind, service, call, status, code, innerCode, misfit, said = '' }: FailedCall): string {
  const answer = [status, code, innerCode].filter((part) => part !== undefined).join(' ')
  const what = misfit === undefined ? '' : `, request ${call.requestId || 'without id'}: ${misfit}`
  const sentence = said === '' ? '' : ` It says: “${said}”`
  return `${service} ${happened[kind]} (${answer}): ${call.operation} as ${call.identity}${what}.${sentence}`
}
