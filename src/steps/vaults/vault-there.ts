import type { SlotAzure } from '../../azure/connect.ts'
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
  if (elsewhere) return runChecks(vaultThereChecks, { there, elsewhere }, expected, { ...about, call })
  return runChecks(vaultThereChecks, { there, ...(await deletionOf(own, expected)) }, expected, about)
}

async function deletionOf(own: SlotAzure, expected: ThereExpected): Promise<Pick<ThereObserved, 'deleted' | 'unread'>> {
  const { read, unread } = await orUnread(`the deleted vaults of ${expected.region}`, own.vaults.deleted(expected))
  return read ? { deleted: read.value ?? 'none' } : { unread: unread.join('; ') }
}
