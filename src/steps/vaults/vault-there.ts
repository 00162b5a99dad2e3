import type { SlotAzure } from '../../azure/connect.ts'
import type { Call } from '../../domain/terms/evidence.ts'
import { runChecks, type CheckedResource, type CheckResults } from '../../domain/checks/checks.ts'
import { vaultThereChecks, type ThereExpected, type ThereObserved } from '../../domain/checks/vault-there.ts'
import { orUnread } from '../or-unread.ts'

/**
 * Whether a vault is where it should be (R27). One that is not is looked for in its whole subscription, then among the deleted
 * of its region: moved is not deleted, and deleted is not gone.
 */
export async function vaultThere(
  own: SlotAzure,
  there: boolean,
  { expected, about }: { readonly expected: ThereExpected; readonly about: CheckedResource }
): Promise<CheckResults> {
  if (there) return runChecks(vaultThereChecks, { there }, expected, about)
  const { value: elsewhere, call } = await own.subscriptions.vaultNamed(expected.subscriptionId, expected.vaultName)
  const asked = { ...about, call: [about.call, call].flat() }
  if (elsewhere) return runChecks(vaultThereChecks, { there, elsewhere }, expected, asked)
  const { seen, calls } = await deletionOf(own, expected)
  return runChecks(vaultThereChecks, { there, ...seen }, expected, { ...about, call: [...asked.call, ...calls] })
}

async function deletionOf(
  own: SlotAzure,
  expected: ThereExpected
): Promise<{ readonly seen: Pick<ThereObserved, 'deleted' | 'unread'>; readonly calls: readonly Call[] }> {
  const { read, unread } = await orUnread(`the deleted vaults of ${expected.region}`, own.vaults.deleted(expected))
  return read
    ? { seen: { deleted: read.value ?? 'none' }, calls: [read.call] }
    : { seen: { unread: unread.join('; ') }, calls: [] }
}
