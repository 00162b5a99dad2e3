import type { World } from '../../local/azure/core/world.ts'
import { users } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { fabrikam } from './requests.ts'

/** Somebody of the tenant whom no request names; `id` where it is another than a name's usual one. */
export function addPerson(world: World, name: string, id = userId(fabrikam().organization.tenantId, name)): void {
  users(world).set(name, { id, userPrincipalName: name, displayName: name })
}
