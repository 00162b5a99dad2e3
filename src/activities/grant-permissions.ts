import { permissions } from '../domain/checks-permissions.ts'
import type { Reach, Work } from './activity.ts'
import { checked } from './checked.ts'
import { slotIdentity } from '../domain/evidence.ts'
import { lookAtVault } from './look-at-vault.ts'

/**
 * The three permission sets of one vault, one principal after the other (R33, R34, R36), and the slot's own visible
 * entry; then everything about the vault is read back and checked.
 */
export const grantPermissions = ({ azure }: Reach): Work<'grant-permissions'> => async (task) => {
  const { onboarding, vault, tenantId, administrators, servicePrincipal, slotIdentity: own } = task
  const { vaults } = azure.slot(vault.slot)
  for (const objectId of administrators) await vaults.grant(vault, { tenantId, objectId, keys: [...permissions.administrator] })
  await vaults.grant(vault, { tenantId, objectId: servicePrincipal, keys: [...permissions.servicePrincipal] })
  await vaults.grant(vault, { tenantId, objectId: own, keys: [...permissions.slotIdentity] })
  const { results } = await lookAtVault(azure, task)
  return checked(azure, { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/vault` }, results)
}
