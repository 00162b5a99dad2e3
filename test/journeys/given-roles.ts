import { roleEligibilities } from '../../local/azure/arm/authorization/eligibility.ts'
import {
  roleAssignments,
  roleDefinitions,
  type RoleAssignmentRecord
} from '../../local/azure/arm/authorization/roles.ts'
import { otherResources } from '../../local/azure/arm/resources/records.ts'
import type { World } from '../../local/azure/core/world.ts'
import { servicePrincipals } from '../../local/azure/graph/directory.ts'
import { userId } from '../../local/azure/seed-people.ts'
import { settingsFor } from '../../local/azure/seed.ts'
import { fabrikam, subscriptionIds } from '../app/requests.ts'
import type { BrokenRule } from './broken-rules.ts'
import { added, removed, type Spoil } from './spoil.ts'

const [slot1, slot2] = subscriptionIds
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

/** As in a slot that an older template made: a role of the deployment does not hold an action. */
function cut(roleNames: readonly string[], action: string): Spoil {
  return ({ world }) => {
    const all = roleDefinitions(world)
      .values()
      .filter(({ roleName, actions }) => roleNames.includes(roleName) && actions.includes(action))
    if (all.length < roleNames.length) throw new Error(`Not all of ${roleNames.join()} hold ${action}.`)
    for (const role of all)
      roleDefinitions(world).set(role.name, { ...role, actions: role.actions.filter((each) => each !== action) })
    return () => {
      for (const role of all) roleDefinitions(world).set(role.name, role)
    }
  }
}

/** Who administers slot 2 may take on, by Privileged Identity Management, to administer slot 1 as well. */
function mayAdministerToo(upn: string): Spoil {
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
function administersToo(upn: string, actions?: readonly string[]): Spoil {
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

const [setupRole, guardRole] = ['Customer Key setup (fabri slot 2)', 'Customer Key guard (fabri slot 2)'] as const

const older = (spoil: Spoil): BrokenRule => ({ requirement: 'R7', code: 'slot-template-slot-2', spoil })

export const olderSetup = older(cut([setupRole], 'Microsoft.KeyVault/vaults/write'))

/** Nobody is shown who else may do what. */
export const withoutRoles = older(cut([setupRole, guardRole], 'Microsoft.Authorization/roleAssignments/read'))

const alert = `/subscriptions/${slot2}/resourcegroups/rg-fabri-ck-slot2-store/providers/microsoft.insights/activitylogalerts/alert-fabri-ck-slot2-vault-changed`

/** The second lets Azure refuse something, which one finding says. */
export const olderTemplates: readonly BrokenRule[] = [
  older(cut([guardRole], 'Microsoft.KeyVault/locations/deletedVaults/read')),
  older(cut([setupRole, guardRole], 'Microsoft.Authorization/policyAssignments/read')),
  older(removed(otherResources, alert))
]

export const administratorsOfBoth = [
  administersToo('bob@fabrikam.com'),
  mayAdministerToo('bob@fabrikam.com'),
  administersToo('bob@fabrikam.com', ['Microsoft.KeyVault/vaults/accessPolicies/write']),
  administersToo('bob@fabrikam.com', ['Microsoft.KeyVault/vaults/delete'])
].map(
  (spoil): BrokenRule => ({
    requirement: 'R32',
    code: 'administrators-apart-slot-1',
    also: 'administrators-apart-slot-2',
    spoil
  })
)
