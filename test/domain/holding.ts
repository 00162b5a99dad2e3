import { runChecks, type Check } from '../../src/domain/checks/checks.ts'
import type { Finding } from '../../src/domain/terms/evidence.ts'
import { aCall } from './examples.ts'

/** What some checks find wrong with an observation, by the check's code. */
export function findingsOf<Observed, Expected>(
  checks: readonly Check<Observed, Expected>[],
  observed: NoInfer<Observed>,
  expected: NoInfer<Expected>
): Record<string, Finding> {
  const about = { resource: 'resource', suffix: 'x', at: '2026-11-30T23:42:00.000Z', call: aCall }
  const { findings } = runChecks(checks, observed, expected, about)
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]))
}
