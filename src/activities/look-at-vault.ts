import type { Azure } from '../azure/connect.ts'
import type { VaultFacts } from '../azure/vault-shape.ts'
import type { VaultTask } from '../domain/activity-contracts.ts'
import { runChecks, type CheckResults } from '../domain/checks.ts'
import { contributorChecks, permissionChecks } from '../domain/checks-permissions.ts'
import { vaultChecks, vaultThereChecks } from '../domain/checks-vault.ts'
import { vaultIdOf } from './vault-register.ts'

export interface VaultLook {
  /** Undefined: there is no such vault. */
  readonly facts: VaultFacts | undefined
  readonly results: readonly CheckResults[]
}

/** Reads a vault and who may do what with it, and holds every rule against it (R27, R28, R31, R33–R36, R38, R39). */
export async function lookAtVault(azure: Azure, task: VaultTask): Promise<VaultLook> {
  const { vault, tenantId, purpose, workload, administrators, servicePrincipal, slotIdentity, now: at } = task
  const own = azure.slot(vault.slot)
  const { value: facts, call } = await own.vaults.read(vault)
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at }
  const there = runChecks(vaultThereChecks, { vault, there: facts !== undefined }, { ...about, call })
  if (!facts) return { facts, results: [there] }
  const vaultId = vaultIdOf(vault)
  const holders = await own.roleAssignments.listForScope(vault.subscriptionId, vaultId)
  const expected = { workload, administrators, servicePrincipalObjectId: servicePrincipal, slotIdentityObjectId: slotIdentity }
  const contributors = { principals: holders.value, appObjectIds: [slotIdentity] }
  return {
    facts,
    results: [
      there,
      runChecks(vaultChecks({ vault, tenantId, purpose }), facts, { ...about, call }),
      runChecks(permissionChecks(expected), facts, { ...about, call }),
      runChecks(contributorChecks(vaultId), contributors, { ...about, call: holders.call })
    ]
  }
}
