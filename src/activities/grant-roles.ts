import type { RoleAssignments } from '../azure/role-assignments.ts'
import type { VaultTask } from '../domain/activity-contracts.ts'
import { vaultRolesOf } from '../domain/vault-roles.ts'
import { vaultIdOf } from '../domain/vault-id.ts'
import { guidOf } from './digests.ts'

/** The three permission sets of one vault as roles at the vault, where Azure RBAC decides (R33, R34, R36). */
export async function grantRoles(roles: RoleAssignments, task: VaultTask): Promise<void> {
  const { vault, administrators, servicePrincipal, slotIdentity } = task
  const names = vaultRolesOf(vault.slot)
  const { value: ids } = await roles.rolesNamed(vault.subscriptionId, Object.values(names))
  const scope = vaultIdOf(vault)
  const grant = (roleName: string, principalId: string, isServicePrincipal: boolean) => {
    const roleId = ids.get(roleName)
    if (roleId === undefined) throw new Error(`Subscription ${vault.subscriptionId} knows no role ${roleName}. It is looked for again.`)
    const name = guidOf(scope, roleName, principalId)
    return roles.assign(vault.subscriptionId, { scope, name, roleId, principalId, isServicePrincipal })
  }
  for (const principalId of administrators) await grant(names.administrator, principalId, false)
  await grant(names.servicePrincipal, servicePrincipal, true)
  await grant(names.slotIdentity, slotIdentity, true)
}
