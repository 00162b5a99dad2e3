import type { World } from '../../local/azure/core/world.ts'
import { appRoleAssignments, users } from '../../local/azure/graph/directory.ts'
import { appRolesFor } from '../../local/azure/seed-tenant.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { connectAzure } from '../../src/azure/connect.ts'
import { readConfig } from '../../src/config/read-config.ts'
import { keepTenantPeople } from '../../src/records/tenant-people.ts'
import { fabrikam } from './requests.ts'
import type { RunningApp } from './running-app.ts'

/** Somebody of the tenant whom no request names, with an operator's roles; `id` where it is another than a name's usual one. */
export function addPerson(world: World, name: string, id = userId(fabrikam().organization.tenantId, name)): void {
  users(world).set(name, { id, userPrincipalName: name, displayName: name, mail: name })
  for (const given of appRolesFor(fabrikam().organization.tenantId, id)) appRoleAssignments(world).set(given.id, given)
}

/** Who answers what a task is about, by its name: an operator of slot 2 where it ends in that, or in a vault of that slot. */
export const operatorFor = (task: string): string =>
  (/(slot-|vault[a-z]+)2$/.test(task) ? 'bob' : 'alice') + '@fabrikam.com'

/** As if both slots had said with a vault who stands for them. */
export async function knowOperators({ stage: { azure } }: Pick<RunningApp, 'stage'>): Promise<void> {
  const { tenantId } = fabrikam().organization
  const config = readConfig({ ...settingsFor(azure.seed), CKEY_CALL_TIMEOUT_SECONDS: '10' })
  const slots = fabrikam().subscriptions.map(({ slot, operators }) => ({
    slot,
    operators: operators.map((party) => ({ party, objectId: userId(tenantId, party) }))
  }))
  await keepTenantPeople(connectAzure(config).app.store, tenantId, { slots })
}
