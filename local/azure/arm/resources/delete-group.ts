import type { Route, Surroundings } from '../../core/service.ts'
import { deleteTopic } from '../../eventgrid/topic-changes.ts'
import { systemTopics } from '../../eventgrid/topic-record.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { roleAssignments } from '../authorization/roles.ts'
import { deletedVaults, vaults } from '../keyvault-management/vault-record.ts'
import { otherResources, resourceGroups } from './records.ts'
import { groupId, requireGroup, resourceApiVersions } from './resource-groups.ts'

/**
 * A group goes with all that is in it, without being asked for each; its vaults can be recovered. Azure takes minutes.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group
 */
export const deleteGroupRoute: Route = {
  method: 'DELETE',
  path: '/subscriptions/{sub}/resourcegroups/{group}',
  operation: 'resourceGroups.delete',
  apiVersions: resourceApiVersions,
  handle: (request, { sub = '', group = '' }, around) => {
    const scope = groupId(sub, group)
    const action = 'Microsoft.Resources/subscriptions/resourceGroups/delete'
    openSubscription(sub, { request, around, action, scope })
    requireGroup(sub, group, around)
    empty(scope, around)
    resourceGroups(around.world).delete(scope.toLowerCase())
    return { status: 200 }
  }
}

function empty(scope: string, around: Surroundings): void {
  const { world, clock } = around
  const isIn = (id: string): boolean => `${id}/`.toLowerCase().startsWith(`${scope}/`.toLowerCase())
  for (const vault of vaults(world).values()) {
    if (!isIn(vault.id)) continue
    deletedVaults(world).set(vault.name.toLowerCase(), { vault, deletedAt: clock.now() })
    vaults(world).delete(vault.name.toLowerCase())
  }
  for (const { id } of systemTopics(world).values()) if (isIn(id)) deleteTopic(id, around)
  for (const { id } of otherResources(world).values()) if (isIn(id)) otherResources(world).delete(id.toLowerCase())
  for (const { name, scope: at } of roleAssignments(world).values()) if (isIn(at)) roleAssignments(world).delete(name)
}
