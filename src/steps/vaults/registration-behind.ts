import type { SlotAzure } from '../../azure/connect.ts'
import type { CheckResults } from '../../domain/checks/checks.ts'
import { runChecks } from '../../domain/checks/checks.ts'
import { isOfRecoveryLevel } from '../../domain/checks/key.ts'
import { registeredChecks } from '../../domain/checks/registration.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'

/**
 * A key that is not protected has two causes: the registration has not reached it yet, or there is none any more. Only the first
 * is waited for; the second is the finding in its place (R26).
 */
export async function orItsRegistration(
  own: SlotAzure,
  { vault: { subscriptionId, vaultName }, now: at }: Pick<VaultTask, 'vault' | 'now'>,
  results: CheckResults
): Promise<CheckResults> {
  if (!results.findings.some(isOfRecoveryLevel)) return results
  const { value: state, call } = await own.features.state(subscriptionId)
  const about = { resource: subscriptionId, suffix: vaultName, at, call }
  const registered = runChecks(registeredChecks, { state }, { subscriptionId, wasRegistered: true }, about)
  if (registered.findings.length === 0) return results
  return {
    evidence: [...results.evidence, ...registered.evidence],
    findings: [...results.findings.filter((finding) => !isOfRecoveryLevel(finding)), ...registered.findings]
  }
}
