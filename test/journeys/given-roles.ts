import { roleEligibilities } from '../../local/azure/arm/authorization/eligibility.ts'
import {
  roleAssignments,
  roleDefinitions,
  type RoleAssignmentRecord
} from '../../local/azure/arm/authorization/roles.ts'
import type { World } from '../../local/azure/core/world.ts'
import { servicePrincipals } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import { added, type Spoil } from './spoil.ts'

const [slot1] = subscriptionIds
const {
  organization: { tenantId }
} = fabrikam()

/** One of the app's own identities is given a role. */
export function given(identity: 'APP' | 'SLOT1' | 'SLOT2', roleName: string, scope: string): Spoil {
  return (azure) => {
    const { world, seed } = azure
    const clientId = settingsFor(seed)[`CKEY_${identity}_CLIENT_ID`] ?? ''
    const principalId = servicePrincipals(world).get(clientId.toLowerCase())?.id
    const role = roleDefinitions(world)
      .values()
      .find((each) => each.roleName === roleName)
    if (!principalId || !role) throw new Error(`There is no ${identity} or ${roleName}: the case would break nothing.`)
    const record = {
      name: 'given',
      scope,
      roleDefinition: role.name,
      principalId,
      createdOn: '2026-01-05T17:00:00.0000000Z'
    }
    return added(roleAssignments, 'given', { ...record, principalType: 'ServicePrincipal' })(azure)
  }
}

/** Who administers slot 2 may take on, by Privileged Identity Management, to administer slot 1 as well. */
export function mayAdministerToo(upn: string): Spoil {
  return ({ world }) => {
    const held = heldBy(upn, world)
    roleEligibilities(world).set('too', {
      ...held,
      name: 'too',
      scope: `/subscriptions/${slot1}`,
      status: 'Provisioned'
    })
    return () => void roleEligibilities(world).delete('too')
  }
}

function heldBy(upn: string, world: World): RoleAssignmentRecord {
  const principalId = userId(tenantId, upn)
  const held = roleAssignments(world)
    .values()
    .find((each) => each.principalId === principalId)
  if (!held) throw new Error(`${upn} administers nothing: the case would break nothing.`)
  return held
}

/** Who administers slot 2 becomes administrator of slot 1 as well; by no more than these actions, where any are named. */
export function administersToo(upn: string, actions?: readonly string[]): Spoil {
  return ({ world }) => {
    const held = heldBy(upn, world)
    const role = roleDefinitions(world).get(held.roleDefinition.toLowerCase())
    if (!role) throw new Error(`${upn} holds a role that is not there: the case would break nothing.`)
    const name = actions ? 'less' : held.roleDefinition
    if (actions) roleDefinitions(world).set(name, { ...role, name, roleName: 'Less', roleType: 'CustomRole', actions })
    roleAssignments(world).set('too', { ...held, name: 'too', scope: `/subscriptions/${slot1}`, roleDefinition: name })
    return () => void roleAssignments(world).delete('too')
  }
}
