/** Where a vault is, in ARM's terms. */
interface VaultPlace {
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly vaultName: string
}

/**
 * Names of resource groups have letters and digits of any script, `_`, `-`, `.` and brackets; a resource id may end in a slash.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const vaultPath =
  /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/resourceGroups\/([\p{L}\p{Mn}\p{Nd}\p{Pc}.()-]{1,90})\/providers\/Microsoft\.KeyVault\/vaults\/([a-z][a-z0-9-]{2,23})\/?$/iu

/** What the resource id of a vault names, its names as they are written, in its plain form or percent-encoded. */
export function vaultOfId(id: string): VaultPlace | undefined {
  const [, subscriptionId, resourceGroup, vaultName] = vaultPath.exec(decoded(id)) ?? []
  return subscriptionId && resourceGroup && vaultName ? { subscriptionId, resourceGroup, vaultName } : undefined
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** ARM id of a vault, its names as they are written. */
export const vaultResourceId = ({ subscriptionId, resourceGroup, vaultName }: VaultPlace): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vaultName}`

/** The same in lower case, to compare by. */
export const vaultIdOf = (place: VaultPlace): string => vaultResourceId(place).toLowerCase()
