import { AzureCallError } from '../../azure/errors.ts'
import type { SlotAzure } from '../../azure/connect.ts'
import type { Vaults } from '../../azure/vaults.ts'
import { isPolicyShown, isRoleShown } from '../../domain/checks/shown.ts'
import type { VaultTask } from '../../domain/plan/vault-task.ts'
import type { AccessPolicy } from '../../domain/resources/vault.ts'
import { permissions } from '../../domain/terms/permissions.ts'
import { slotIdentity } from '../../domain/terms/by-slot.ts'
import type { Reach, Step } from '../step.ts'
import { checked } from '../checked.ts'
import { grantRoles } from './grant-roles.ts'
import { lookAtVault, type VaultLook } from './look-at-vault.ts'

/**
 * The three permission sets of one vault (R33, R34, R36), and the slot's own visible entry; then everything about the vault is
 * read back and checked. What is read back may be older than what was written.
 */
export const grantPermissions =
  ({ azure }: Reach): Step<'grant-permissions'> =>
  async (task) => {
    const { onboarding, vault } = task
    const isSeen = await granted(azure.slot(vault.slot), task)
    const look = await lookAtVault(azure, task)
    const place = { store: slotIdentity(vault.slot), onboarding, step: `${vault.vaultName}/vault` }
    const outcome = await checked(azure, place, look.results)
    return isSeen(look) ? outcome : { ...outcome, notYet: 'the vault does not show the permissions that were given' }
  }

/** Whether what is read of the vault has all that Azure said was given. */
type Seen = (look: VaultLook) => boolean

async function granted(own: SlotAzure, task: VaultTask): Promise<Seen> {
  try {
    if (task.authorization === 'rbac') {
      const given = await grantRoles(own.roleAssignments, task)
      return ({ roles }) => given.every((each) => isRoleShown(each, roles?.value ?? []))
    }
    const said = await grantPolicies(own.vaults, task)
    return ({ facts }) => facts !== undefined && said.every((each) => isPolicyShown(each, facts.accessPolicies))
  } catch (error) {
    // The vault was there a moment ago.
    if (error instanceof AzureCallError && error.kind === 'not-found') return () => false
    throw error
  }
}

/** Writes of a vault's access policy go one at a time: Azure refuses a second one meanwhile. All absent entries are one. */
async function grantPolicies(vaults: Vaults, task: VaultTask): Promise<readonly AccessPolicy[]> {
  const { vault, tenantId, administrators, servicePrincipal, slotIdentity: own } = task
  const wanted = [
    ...[...new Set(administrators)].map((objectId) => ({ objectId, keys: permissions.administrator })),
    { objectId: servicePrincipal, keys: permissions.servicePrincipal },
    { objectId: own, keys: permissions.slotIdentity }
  ]
  const grants = wanted.map(({ objectId, keys }) => ({ tenantId, objectId, keys: [...keys] }))
  return (await vaults.grant(vault, ...grants)).value.said
}
