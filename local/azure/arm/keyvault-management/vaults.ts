import type { Route, SimulatedRequest, SimulatedResponse, Surroundings } from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { putVault, patchVault } from './change-vault.ts'
import { requireGroup } from '../resources/resource-groups.ts'
import { requireVault, vaultId, vaultPath as path, type VaultAddress } from './vault-address.ts'
import { deletedVaults, vaults, type VaultRecord } from './vault-record.ts'
import { vaultApiVersions as apiVersions, vaultView } from './vault-view.ts'

const provider = 'providers/Microsoft.KeyVault/vaults'

/** https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults */
export const vaultRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    operation: 'vaults.get',
    apiVersions,
    handle: (request, parameters, around) => {
      const address = addressOf(parameters)
      openSubscription(address.sub, { request, around, action: READ, scope: vaultId(address) })
      return { status: 200, json: vaultView(requireVault(address, around), around) }
    }
  },
  {
    method: 'PUT',
    path,
    operation: 'vaults.createOrUpdate',
    apiVersions,
    handle: (request, parameters, around) => putVault(request, addressOf(parameters), around)
  },
  {
    method: 'PATCH',
    path,
    operation: 'vaults.update',
    apiVersions,
    handle: (request, parameters, around) => patchVault(request, addressOf(parameters), around)
  },
  {
    method: 'DELETE',
    path,
    operation: 'vaults.delete',
    apiVersions,
    handle: (request, parameters, around) => deleteVault(request, addressOf(parameters), around)
  },
  {
    method: 'GET',
    path: `/subscriptions/{sub}/${provider}`,
    operation: 'vaults.listBySubscription',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      const { id } = openSubscription(sub, { request, around, action: READ, scope: `/subscriptions/${sub}` })
      return listed((vault) => vault.subscriptionId === id, around)
    }
  },
  {
    method: 'GET',
    path: `/subscriptions/{sub}/resourceGroups/{group}/${provider}`,
    operation: 'vaults.listByResourceGroup',
    apiVersions,
    handle: (request, { sub = '', group = '' }, around) => {
      const scope = `/subscriptions/${sub}/resourceGroups/${group}`
      openSubscription(sub, { request, around, action: READ, scope })
      const { id } = requireGroup(sub, group, around)
      return listed((vault) => vault.id.toLowerCase().startsWith(`${id.toLowerCase()}/`), around)
    }
  }
]

const READ = 'Microsoft.KeyVault/vaults/read'

function addressOf({ sub = '', group = '', vault = '' }: Readonly<Record<string, string>>): VaultAddress {
  return { sub, group, vault }
}

function listed(chosen: (vault: VaultRecord) => boolean, around: Surroundings): SimulatedResponse {
  return {
    status: 200,
    json: {
      value: vaults(around.world)
        .values()
        .filter(chosen)
        .map((vault) => vaultView(vault, around))
    }
  }
}

/** Nobody in the seed's identities may do this; it is here so that the refusal is Azure's and not a missing route. */
function deleteVault(request: SimulatedRequest, address: VaultAddress, around: Surroundings): SimulatedResponse {
  const { world, clock } = around
  const action = 'Microsoft.KeyVault/vaults/delete'
  openSubscription(address.sub, { request, around, action, scope: vaultId(address) })
  const vault = requireVault(address, around)
  const name = vault.name.toLowerCase()
  deletedVaults(world).set(name, { vault, deletedAt: clock.now() })
  vaults(world).delete(name)
  return { status: 200 }
}
