import type { Azure } from '../azure/connect.ts'
import { AzureCallError } from '../azure/errors.ts'
import type { VaultFacts } from '../azure/vault-shape.ts'
import type { VaultTask } from '../domain/activity-contracts.ts'
import { runChecks, type CheckResults } from '../domain/checks.ts'
import { contributorChecks, permissionChecks } from '../domain/checks-permissions.ts'
import { vaultChecks } from '../domain/checks-vault.ts'
import { vaultIdOf } from './vault-register.ts'

export interface VaultLook {
  readonly facts: VaultFacts
  readonly results: readonly CheckResults[]
}

/** Reads a vault and who may do what with it, and holds every rule against it (R27, R28, R31, R33–R36, R38, R39). */
export async function lookAtVault(azure: Azure, task: VaultTask): Promise<VaultLook> {
  const { vault, tenantId, workload, administrators, servicePrincipal, slotIdentity, now: at } = task
  const own = azure.slot(vault.slot)
  const { value: facts, call } = await own.vaults.read(vault)
  if (!facts) throw goneVault(vault.vaultName, call)
  const vaultId = vaultIdOf(vault)
  const holders = await own.roleAssignments.listForScope(vault.subscriptionId, vaultId)
  const expected = { workload, administrators, servicePrincipalObjectId: servicePrincipal, slotIdentityObjectId: slotIdentity }
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at }
  const contributors = { principals: holders.value, appObjectIds: [slotIdentity] }
  return {
    facts,
    results: [
      runChecks(vaultChecks({ vault, tenantId }), facts, { ...about, call }),
      runChecks(permissionChecks(expected), facts, { ...about, call }),
      runChecks(contributorChecks(vaultId), contributors, { ...about, call: holders.call })
    ]
  }
}

function goneVault(vaultName: string, call: AzureCallError['call']): AzureCallError {
  const failed = { kind: 'not-found', service: `Vault ${vaultName}`, call, status: 404, code: 'ResourceNotFound', retryAfterSeconds: undefined } as const
  return new AzureCallError(failed, undefined)
}
