import type { Fault } from './fault.ts'

/** A problem document (RFC 9457), served as `application/problem+json`. */
export interface Problem {
  /** `urn:customer-key:problem:{code}` */
  readonly type: string
  readonly title: string
  /** HTTP status. */
  readonly status: number
  /** What happened, to what, and what to do. */
  readonly detail: string
  readonly faults?: readonly Fault[]
  /** Where a reader signs in again, on this host: of `step-up`. */
  readonly signIn?: string
}

export interface ProblemFacts {
  readonly status: number
  /** Kebab-case, stable: what a client may compare. */
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly faults?: readonly Fault[] | undefined
  /** Further members, e.g. the plan that a digest should have named. They cannot replace the standard ones. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
}

export const problem = ({ status, code, title, detail, faults, extra }: ProblemFacts): Problem => ({
  ...extra,
  type: `urn:customer-key:problem:${code}`,
  title,
  status,
  detail,
  ...(faults === undefined ? {} : { faults })
})
