import type { Azure } from '../azure/connect.ts'
import type { VaultFacts } from '../azure/vault-shape.ts'
import type { VaultTask } from '../domain/activity-contracts.ts'
import { runChecks, type CheckResults } from '../domain/checks.ts'
import { contributorChecks } from '../domain/checks-contributor.ts'
import { permissionChecks } from '../domain/checks-permissions.ts'
import { vaultChecks, vaultThereChecks } from '../domain/checks-vault.ts'
import { prefixOfGroup } from '../domain/naming.ts'
import { permissionsOfRoles } from '../domain/role-permissions.ts'
import { vaultIdOf } from '../domain/vault-id.ts'

export interface VaultLook {
  /** Undefined: there is no such vault. */
  readonly facts: VaultFacts | undefined
  readonly results: readonly CheckResults[]
}

/** Reads a vault and who may do what with it, and holds every rule against it (R27, R28, R31, R33–R36, R38, R39). */
export async function lookAtVault(azure: Azure, task: VaultTask): Promise<VaultLook> {
  const { vault, tenantId, purpose, authorization, workload, administrators, servicePrincipal, slotIdentity, now: at } = task
  const own = azure.slot(vault.slot)
  const { value: facts, call } = await own.vaults.read(vault)
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at }
  const there = runChecks(vaultThereChecks, { vault, there: facts !== undefined }, { ...about, call })
  if (!facts) return { facts, results: [there] }
  const vaultId = vaultIdOf(vault)
  const holders = await own.roleAssignments.listForScope(vault.subscriptionId, vaultId)
  const principals = { administrators, servicePrincipalObjectId: servicePrincipal, slotIdentityObjectId: slotIdentity }
  const expected = { authorization, slot: vault.slot, namePrefix: prefixOfGroup(vault.resourceGroup) ?? '…', workload, ...principals }
  // Roles are those at the vault and above it, of whoever holds them: a person, a service or a group.
  const guarded = authorization === 'rbac'
    ? { seen: { name: facts.name, accessPolicies: permissionsOfRoles(holders.value) }, call: holders.call }
    : { seen: facts, call }
  const contributors = { principals: holders.value, appObjectIds: [slotIdentity] }
  return {
    facts,
    results: [
      there,
      runChecks(vaultChecks({ vault, tenantId, purpose, authorization }), facts, { ...about, call }),
      runChecks(permissionChecks(expected), guarded.seen, { ...about, call: guarded.call }),
      runChecks(contributorChecks(vaultId, authorization), contributors, { ...about, call: holders.call })
    ]
  }
}
