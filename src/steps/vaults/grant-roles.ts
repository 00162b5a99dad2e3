import type { RoleAssignments } from '../../azure/role-assignments.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import { vaultIdOf } from '../../domain/terms/vault-id.ts'
import type { RoleAt } from '../../domain/checks/shown.ts'
import { encryptionUser, vaultRole } from '../../domain/checks/vault-role.ts'
import { guidOf } from '../../records/digests.ts'

/**
 * The three permission sets of one vault as roles at the vault, where Azure RBAC decides (R33, R34, R36).
 * @returns what is held then.
 */
export async function grantRoles(roles: RoleAssignments, task: VaultTask): Promise<RoleAt[]> {
  const {
    vault: { subscriptionId, ...vault },
    administrators,
    servicePrincipal,
    slotIdentity
  } = task
  const { value: custom } = await roles.customRoles(subscriptionId)
  const scope = vaultIdOf(task.vault)
  const idOf = (kind: 'administrator' | 'slotIdentity'): string => {
    const role = vaultRole(custom, kind)
    if (role) return role.id
    throw new Error(
      `Subscription ${subscriptionId} of ${vault.vaultName} has no role for ${kind}. It is looked for again.`
    )
  }
  const grant = (roleId: string, principalId: string, isServicePrincipal: boolean) =>
    roles.assign(subscriptionId, {
      scope,
      name: guidOf(scope, roleId, principalId),
      roleId,
      principalId,
      isServicePrincipal
    })
  for (const principalId of administrators) await grant(idOf('administrator'), principalId, false)
  await grant(
    `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${encryptionUser}`,
    servicePrincipal,
    true
  )
  await grant(idOf('slotIdentity'), slotIdentity, true)
  return [...administrators, servicePrincipal, slotIdentity].map((principalId) => ({ principalId, scope }))
}
