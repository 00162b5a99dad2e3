import { seenAt, type Call, type Evidence, type Finding, type Requirement } from '../terms/evidence.ts'
import type { ResourceKind } from './look.ts'
import { callsFor } from './reads.ts'

/**
 * One rule of Microsoft's article: how it is judged, and all that people need where it does not hold. Pages, commands, mails
 * and `docs/` are made of it. Texts for people may mark commands with backticks.
 */
export interface Check<Observed, Expected> {
  /** Kebab-case, at most 34 characters: with a vault name behind it, a finding's code stays within 60. No other has it. */
  readonly code: string
  readonly requirement: Requirement
  /** What a finding's `resource` names; it fills the words in capitals of `look`. */
  readonly on: ResourceKind
  /** In words. */
  expected(expected: Expected): string
  /** Skips the check where it has nothing to look at, or where nobody expects it. */
  appliesTo?(observed: Observed, expected: Expected): boolean
  holds(observed: Observed, expected: Expected): boolean
  /** What was observed, without secrets. */
  describe(observed: Observed, expected: Expected): string
  /** What of it could not be looked at, and why, where that stops nothing: evidence and the hand-off say so. */
  unread?(observed: Observed, expected: Expected): string | undefined
  /** Whether an operator may go on although it does not hold (DESIGN rule 8). */
  readonly overridable: boolean | Overridable<Observed>
  /** What it means that it does not hold, and why the article wants it. */
  readonly means: string
  /** How to see it by hand: a command each. What stands in capitals, and the resource does not tell, the reader puts in. */
  readonly look: readonly string[]
  /** What to do about it, in words and commands an operator can follow. */
  cure(observed: Observed, expected: Expected): string
  /** See `Finding`: what it shares with other findings, about whatever resource. */
  cause?(observed: Observed, expected: Expected): string | undefined
  /** What follows once it is cured, and what else is worth knowing then. */
  readonly afterwards: string
  /** What it does not hold of, once for each cure, names in capitals: pages show its cures by these, and a test breaks it. */
  readonly broken: readonly Example<Observed, Expected>[]
}

export interface Overridable<Observed> {
  /** When, for a reader. */
  readonly only: string
  when(observed: Observed): boolean
}

export interface Example<Observed, Expected> {
  /** When its cure is the one, for a reader, where neither what is observed nor what is expected tells. */
  readonly where?: string
  readonly observed: Observed
  readonly expected: Expected
}

export interface CheckedResource {
  /** What a reader knows the resource by, e.g. a vault name or a subscription id. */
  readonly resource: string
  /** Makes finding codes unique within an onboarding, e.g. `slot-1` or a vault name. */
  readonly suffix: string
  /** ISO 8601 UTC: when the step began, by the orchestrator's time. */
  readonly at: string
  /** The call that read what was observed, or all of which each check has its own (reads.ts). */
  readonly call: Call | readonly Call[]
}

export interface CheckResults {
  readonly evidence: readonly Evidence[]
  readonly findings: readonly Finding[]
}

/** Runs every check that applies: one evidence each, and a finding for each that does not hold. */
export function runChecks<Observed, Expected>(
  checks: readonly Check<Observed, Expected>[],
  observed: NoInfer<Observed>,
  expected: NoInfer<Expected>,
  about: CheckedResource
): CheckResults {
  const applying = checks.filter((check) => check.appliesTo?.(observed, expected) ?? true)
  return {
    evidence: applying.map((check) => evidenceOf(check, { observed, expected }, about)),
    findings: applying
      .filter((check) => !check.holds(observed, expected))
      .map((check) => findingOf(check, { observed, expected }, about))
  }
}

/** Evidence and findings of several runs, in their order. */
export const joined = (results: readonly CheckResults[]): CheckResults => ({
  evidence: results.flatMap(({ evidence }) => evidence),
  findings: results.flatMap(({ findings }) => findings)
})

function evidenceOf<Observed, Expected>(
  check: Check<Observed, Expected>,
  { observed, expected }: Example<Observed, Expected>,
  about: CheckedResource
): Evidence {
  const unread = check.unread?.(observed, expected)
  const { call, besides } = callsFor(check.code, about.call)
  return {
    requirement: check.requirement,
    check: check.code,
    resource: about.resource,
    observed: check.describe(observed, expected),
    expected: check.expected(expected),
    held: check.holds(observed, expected),
    ...(unread !== undefined && { unread }),
    at: seenAt(about.at, call, ...besides),
    call,
    ...(besides.length > 0 && { besides })
  }
}

/** What `runChecks` makes of a check that does not hold; of itself only where no call answered, so that there is no evidence. */
export function findingOf<Observed, Expected>(
  check: Check<Observed, Expected>,
  { observed, expected }: NoInfer<Example<Observed, Expected>>,
  about: Pick<CheckedResource, 'resource' | 'suffix'>
): Finding {
  const cause = check.cause?.(observed, expected)
  return {
    check: check.code,
    code: findingCode(check.code, about.suffix),
    requirement: check.requirement,
    resource: about.resource,
    observed: check.describe(observed, expected),
    expected: check.expected(expected),
    remedy: check.cure(observed, expected),
    overridable: mayOverride(check, observed),
    ...(cause !== undefined && { cause })
  }
}

export const mayOverride = <Observed>(
  { overridable }: Pick<Check<Observed, never>, 'overridable'>,
  observed: Observed
): boolean => (typeof overridable === 'boolean' ? overridable : overridable.when(observed))

/** Codes are parts of event names, task names and paths: lower-case letters, digits and single hyphens, at most 60. */
export const findingCode = (check: string, suffix: string): string =>
  `${check}-${suffix}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/-$/, '')
