import type { World } from '../../local/azure/core/world.ts'
import { appRoleAssignments, users } from '../../local/azure/graph/directory.ts'
import { appRolesFor } from '../../local/azure/seed-tenant.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { fabrikam } from './requests.ts'

/** Somebody of the tenant whom no request names, with the roles of an operator in the app; `id` where it is another than a name's usual one. */
export function addPerson(world: World, name: string, id = userId(fabrikam().organization.tenantId, name)): void {
  users(world).set(name, { id, userPrincipalName: name, displayName: name })
  for (const given of appRolesFor(fabrikam().organization.tenantId, id)) appRoleAssignments(world).set(given.id, given)
}

/** Who answers what a task is about, by its name: an operator of slot 2 where it ends in that, or in a vault of that slot. */
export const operatorFor = (task: string): string =>
  (/(slot-|vault[a-z]+)2$/.test(task) ? 'bob' : 'alice') + '@fabrikam.com'
