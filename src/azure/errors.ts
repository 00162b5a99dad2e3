import type { Call } from '../domain/terms/evidence.ts'

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
  readonly retryAfterSeconds: number | undefined
  /** For `forbidden`, where Azure says it: the action and the scope, e.g. `Microsoft.KeyVault/vaults/write on /…`. */
  readonly missingRight?: string | undefined
  /** For `unreadable`: where in the answer what was expected, e.g. `/value: expected array`. Never what was there. */
  readonly misfit?: string | undefined
}

/**
 * One call to Azure failed. The message names the call and the remedy; Azure's own words, which may quote
 * what was sent, stay in `cause` and out of logs and history.
 */
export class AzureCallError extends Error implements FailedCall {
  override readonly name = 'AzureCallError'
  readonly kind: AzureFailure
  readonly service: string
  readonly call: Call
  readonly status: number | undefined
  readonly code: string
  readonly retryAfterSeconds: number | undefined
  readonly missingRight: string | undefined

  constructor(failed: FailedCall, cause: unknown) {
    super(describe(failed), { cause })
    this.kind = failed.kind
    this.service = failed.service
    this.call = failed.call
    this.status = failed.status
    this.code = failed.code
    this.retryAfterSeconds = failed.retryAfterSeconds
    this.missingRight = failed.missingRight
  }

  get operation(): string {
    return this.call.operation
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
  'not-found': 'Check the name and that the resource was not deleted',
  forbidden: 'Give this identity the right it lacks and allow a few minutes for it to take effect',
  conflict: 'Look at the present state of the resource before trying again',
  throttled: 'Try again later',
  unavailable: 'Try again later',
  invalid: 'Correct the request: repeating it cannot help',
  unreadable:
    'Nothing is taken as true by it: look at the resource by hand. If the next look finds the same, report this as a fault of the app'
}

function forbiddenRemedy(code: string, missingRight: string | undefined): string {
  if (code === 'NoToken') return noTokenRemedy
  if (missingRight === undefined) return remedies.forbidden
  return `Give this identity ${missingRight} and allow a few minutes for it to take effect`
}

const noTokenRemedy = 'Assign this managed identity to the app and check its client id in the app settings'

function describe({ kind, service, call, status, code, missingRight, misfit }: FailedCall): string {
  const answer = status === undefined ? code : `${status} ${code}`
  const remedy = kind === 'forbidden' ? forbiddenRemedy(code, missingRight) : remedies[kind]
  const what = misfit === undefined ? '' : `, request ${call.requestId || 'without id'}: ${misfit}`
  return `${service} ${happened[kind]} (${answer}): ${call.operation} as ${call.identity}${what}. ${remedy}.`
}
