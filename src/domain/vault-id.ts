import type { VaultPlan } from './plan.ts'

/** ARM id of a vault, lower case. */
export function vaultIdOf({ subscriptionId, resourceGroup, vaultName }: Omit<VaultPlan, 'keyName'>): string {
  const path = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vaultName}`
  return path.toLowerCase()
}
