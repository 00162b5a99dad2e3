import { AzureError, type Surroundings } from '../../core/service.ts'
import { requireGroup } from '../resources/resource-groups.ts'
import { vaults, type VaultRecord } from './vault-record.ts'

/** Route of one vault; its parameters are a `VaultAddress`. */
export const vaultPath = '/subscriptions/{sub}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/{vault}'

/** Where a request says the vault is. */
export interface VaultAddress {
  readonly sub: string
  readonly group: string
  readonly vault: string
}

export function vaultId({ sub, group, vault }: VaultAddress): string {
  return `/subscriptions/${sub}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${vault}`
}

/** Refuses 404: first for the group, then for the vault within it. */
export function requireVault(address: VaultAddress, around: Surroundings): VaultRecord {
  requireGroup(address.sub, address.group, around)
  const found = vaultAt(address, around)
  if (found !== undefined) return found
  throw new AzureError(
    404,
    'ResourceNotFound',
    `The Resource 'Microsoft.KeyVault/vaults/${address.vault}' under resource group '${address.group}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix'
  )
}

export function vaultAt(address: VaultAddress, { world }: Surroundings): VaultRecord | undefined {
  const found = vaults(world).get(address.vault.toLowerCase())
  return found?.id.toLowerCase() === vaultId(address).toLowerCase() ? found : undefined
}
