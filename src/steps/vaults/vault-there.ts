import type { SlotAzure } from '../../azure/connect.ts'
import { runChecks, type CheckedResource, type CheckResults } from '../../domain/checks/checks.ts'
import { vaultThereChecks, type ThereExpected } from '../../domain/checks/vault-there.ts'

/** Whether a vault is where it should be (R27); one that is not is looked for in its whole subscription: moved is not deleted. */
export async function vaultThere(
  own: SlotAzure,
  there: boolean,
  { expected, about }: { readonly expected: ThereExpected; readonly about: CheckedResource }
): Promise<CheckResults> {
  if (there) return runChecks(vaultThereChecks, { there }, expected, about)
  const { value: elsewhere, call } = await own.subscriptions.vaultNamed(expected.subscriptionId, expected.vaultName)
  return runChecks(vaultThereChecks, { there, elsewhere }, expected, elsewhere ? { ...about, call } : about)
}
