import type { Reading } from '../../domain/terms/reading.ts'
import type { Azure } from '../../azure/connect.ts'
import type { Vault } from '../../domain/resources/vault.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { contributorChecks, contributorsAmong } from '../../domain/checks/contributor.ts'
import { permissionChecks } from '../../domain/checks/permissions.ts'
import { vaultChecks } from '../../domain/checks/vault.ts'
import { prefixOfGroup } from '../../domain/request/naming.ts'
import { permissionsOfRoles } from '../../domain/checks/role-permissions.ts'
import { partOf } from '../../domain/terms/resource-scope.ts'
import { peopleAmong } from './people-among.ts'
import { vaultIdOf } from '../../domain/terms/vault-id.ts'
import { vaultThere } from './vault-there.ts'
import type { VaultRules } from '../../records/vault-rules.ts'

export interface VaultLook {
  /** Undefined: there is no such vault. */
  readonly facts: Vault | undefined
  readonly results: readonly CheckResults[]
}

/** `now`: ISO 8601 UTC. */
export type VaultToLookAt = VaultRules & { readonly now: string }

/** Reads a vault and who may do what with it, and holds every rule against it (R27, R28, R31, R33–R36, R38, R39). */
export async function lookAtVault(azure: Azure, rules: VaultToLookAt): Promise<VaultLook> {
  const { vault, now: at } = rules
  const { value: facts, call } = await azure.slot(vault.slot).vaults.read(vault)
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call }
  const expected = { by: 'plan', ...vault } as const
  const there = await vaultThere(azure.slot(vault.slot), facts !== undefined, { expected, about })
  if (!facts) return { facts, results: [there] }
  return { facts, results: [there, ...(await vaultHeld(azure, rules, { value: facts, call }))] }
}

/** The same of a vault that was read already. Who is Contributor of one that others made is not asked (R35). */
export async function vaultHeld(
  azure: Azure,
  rules: VaultToLookAt,
  { value: facts, call }: Reading<Vault>
): Promise<CheckResults[]> {
  const { vault, authorization, administrators, servicePrincipal, slotIdentity, adopted = false, now: at } = rules
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at }
  const principals = { administrators, servicePrincipalObjectId: servicePrincipal, slotIdentityObjectId: slotIdentity }
  const namePrefix = prefixOfGroup(vault.resourceGroup) ?? '…'
  const expected = { authorization, slot: vault.slot, namePrefix, workload: rules.workload, adopted, ...principals }
  const vaultId = vaultIdOf(vault)
  const roles =
    adopted && authorization !== 'rbac'
      ? undefined
      : await azure.slot(vault.slot).roleAssignments.reaching(vault.subscriptionId, vaultId)
  // Roles are those at the vault, above it and on what is in it, of whoever holds them: a person, a service or a group.
  const guarded =
    authorization === 'rbac' && roles
      ? {
          seen: {
            name: facts.name,
            accessPolicies: permissionsOfRoles(
              roles.value.map((role) => ({ ...role, within: partOf(vaultId, role.scope) }))
            )
          },
          call: roles.call
        }
      : { seen: facts, call }
  return [
    runChecks(vaultChecks, facts, rules, { ...about, call }),
    runChecks(permissionChecks, guarded.seen, expected, { ...about, call: guarded.call }),
    ...(adopted || !roles
      ? []
      : [
          runChecks(
            contributorChecks,
            {
              principals: await peopleAmong(azure.app.graph, contributorsAmong(roles.value, { vaultId, authorization }))
            },
            { vaultId, authorization },
            { ...about, call: roles.call }
          )
        ])
  ]
}
