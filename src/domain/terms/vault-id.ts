/** Where a vault is, in ARM's terms. */
interface VaultPlace {
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly vaultName: string
}

/** ARM id of a vault, its names as they are written. */
export const vaultResourceId = ({ subscriptionId, resourceGroup, vaultName }: VaultPlace): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vaultName}`

/** The same in lower case, to compare by. */
export const vaultIdOf = (place: VaultPlace): string => vaultResourceId(place).toLowerCase()
