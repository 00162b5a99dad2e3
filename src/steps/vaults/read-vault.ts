import type { SlotAzure } from '../../azure/connect.ts'
import { AzureCallError, isPassing } from '../../azure/errors.ts'
import type { VaultPlace } from '../../azure/vault-place.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import type { Reading } from '../../domain/terms/reading.ts'

/**
 * A vault as it is; undefined when it is not there. `look`: of those who share one list of its subscription. What that list does
 * not tell of is read by itself: a list may lag, be refused or have something in it that cannot be read, and no vault is gone by
 * that.
 */
export async function readVault(
  { vaults }: Pick<SlotAzure, 'vaults'>,
  vault: VaultPlace,
  look: string | undefined
): Promise<Reading<Vault | undefined>> {
  const listed = look === undefined ? undefined : await vaults.listed(vault, look).catch(unlessRefused)
  return listed?.value ? listed : vaults.read(vault)
}

function unlessRefused(error: unknown): undefined {
  if (error instanceof AzureCallError && !isPassing(error)) return undefined
  throw error
}
