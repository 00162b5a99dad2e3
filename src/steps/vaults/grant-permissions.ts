import type { Vaults } from '../../azure/vaults.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import { permissions } from '../../domain/terms/permissions.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { grantRoles } from './grant-roles.ts'
import { lookAtVault } from './look-at-vault.ts'

/**
 * The three permission sets of one vault, one principal after the other (R33, R34, R36), and the slot's own visible
 * entry; then everything about the vault is read back and checked.
 */
export const grantPermissions =
  ({ azure }: Reach): Step<'grant-permissions'> =>
  async (task) => {
    const { onboarding, vault } = task
    const own = azure.slot(vault.slot)
    await (task.authorization === 'rbac' ? grantRoles(own.roleAssignments, task) : grantPolicies(own.vaults, task))
    const { results } = await lookAtVault(azure, task)
    return checked(azure, { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/vault` }, results)
  }

/** Writes of a vault's access policy go one at a time: Azure refuses a second one meanwhile. */
async function grantPolicies(vaults: Vaults, task: VaultTask): Promise<void> {
  const { vault, tenantId, administrators, servicePrincipal, slotIdentity: own } = task
  for (const objectId of administrators)
    await vaults.grant(vault, { tenantId, objectId, keys: [...permissions.administrator] })
  await vaults.grant(vault, { tenantId, objectId: servicePrincipal, keys: [...permissions.servicePrincipal] })
  await vaults.grant(vault, { tenantId, objectId: own, keys: [...permissions.slotIdentity] })
}
