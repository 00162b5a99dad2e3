import type { Call, Evidence, Finding, Requirement } from '../terms/evidence.ts'

/** One rule of Microsoft's article as a predicate over what Azure answered, with its remedy. */
export interface Check<Observed> {
  /** Kebab-case, at most 34 characters: with a vault name behind it, a finding's code stays within 60. */
  readonly code: string
  readonly requirement: Requirement
  readonly expected: string
  /** Skips the check where it has nothing to look at, e.g. the name of something absent. */
  appliesTo?(observed: Observed): boolean
  holds(observed: Observed): boolean
  /** What was seen, without secrets. */
  describe(observed: Observed): string
  /** What to do about it, in words an operator can follow. */
  remedy(observed: Observed): string
  /** Whether an operator may go on although it does not hold (DESIGN rule 8). */
  overridable(observed: Observed): boolean
}

export interface CheckedResource {
  /** What a reader knows the resource by, e.g. a vault name or a subscription id. */
  readonly resource: string
  /** Makes finding codes unique within an onboarding, e.g. `slot-1` or a vault name. */
  readonly suffix: string
  /** ISO 8601 UTC: the orchestrator's time. */
  readonly at: string
  /** The call that read what was observed. */
  readonly call: Call
}

export interface CheckResults {
  readonly evidence: readonly Evidence[]
  readonly findings: readonly Finding[]
}

/** Runs every check that applies: one evidence each, and a finding for each that does not hold. */
export function runChecks<Observed>(
  checks: readonly Check<Observed>[],
  observed: Observed,
  about: CheckedResource
): CheckResults {
  const applying = checks.filter((check) => check.appliesTo?.(observed) ?? true)
  return {
    evidence: applying.map((check) => evidenceOf(check, observed, about)),
    findings: applying.filter((check) => !check.holds(observed)).map((check) => findingOf(check, observed, about))
  }
}

/** Evidence and findings of several runs, in their order. */
export const joined = (results: readonly CheckResults[]): CheckResults => ({
  evidence: results.flatMap(({ evidence }) => evidence),
  findings: results.flatMap(({ findings }) => findings)
})

/** For rules that nobody may override, and for those that always take a recorded reason. */
export const never = (): boolean => false
export const always = (): boolean => true

const evidenceOf = <Observed>(check: Check<Observed>, observed: Observed, about: CheckedResource): Evidence => ({
  requirement: check.requirement,
  check: check.code,
  resource: about.resource,
  observed: check.describe(observed),
  expected: check.expected,
  held: check.holds(observed),
  at: about.at,
  call: about.call
})

const findingOf = <Observed>(check: Check<Observed>, observed: Observed, about: CheckedResource): Finding => ({
  code: findingCode(check.code, about.suffix),
  requirement: check.requirement,
  resource: about.resource,
  observed: check.describe(observed),
  expected: check.expected,
  remedy: check.remedy(observed),
  overridable: check.overridable(observed)
})

/** Codes are parts of event names, task names and paths: lower-case letters, digits and single hyphens, at most 60. */
export const findingCode = (check: string, suffix: string): string =>
  `${check}-${suffix}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/-$/, '')
