import type { Fault } from '../azure/core/faults.ts'

export interface FaultKind {
  readonly name: string
  /** A lasting fault stays until somebody mends what the finding names. */
  readonly lasts: boolean
  readonly fault: Pick<Fault, 'kind' | 'times' | 'status' | 'code' | 'retryAfterSeconds' | 'delayMs'>
}

/** Passing faults outlast the retries of the SDKs, so that the app's own show; what is cut or lost is so once. */
export const faultKinds: readonly FaultKind[] = [
  passing('429 with Retry-After', { status: 429, code: 'TooManyRequests', retryAfterSeconds: 30 }),
  passing('429 without Retry-After', { status: 429, code: 'TooManyRequests' }),
  passing('500', { status: 500, code: 'InternalServerError' }),
  passing('503', { status: 503, code: 'ServiceUnavailable' }),
  { name: 'connection reset', lasts: false, fault: { kind: 'reset', times: 3 } },
  { name: 'timeout', lasts: false, fault: { kind: 'reset', times: 1, delayMs: 1_500 } },
  { name: 'request applied, reply lost', lasts: false, fault: { kind: 'lost-reply', times: 1 } },
  lasting('409', { status: 409, code: 'Conflict' }),
  lasting('403', { status: 403, code: 'Forbidden' }),
  lasting('404', { status: 404, code: 'NotFoundByFault' })
]

function passing(name: string, answer: Partial<FaultKind['fault']>): FaultKind {
  return { name, lasts: false, fault: { kind: 'status', times: 3, ...answer } }
}

function lasting(name: string, answer: Partial<FaultKind['fault']>): FaultKind {
  return { name, lasts: true, fault: { kind: 'status', times: 'always', ...answer } }
}
