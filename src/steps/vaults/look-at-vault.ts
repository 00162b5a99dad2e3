import { callsOf, type Reading } from '../../domain/terms/reading.ts'
import type { Azure } from '../../azure/connect.ts'
import type { PermissionsObserved } from '../../domain/checks/permission-holders.ts'
import type { RoleHolder } from '../../domain/resources/role.ts'
import type { AccessPolicy, Vault } from '../../domain/resources/vault.ts'
import { runChecks, type CheckResults } from '../../domain/checks/checks.ts'
import { contributorChecks, contributorsAmong } from '../../domain/checks/contributor.ts'
import { eligibleChecks } from '../../domain/checks/vault-eligible.ts'
import { grantorChecks } from '../../domain/checks/grantors.ts'
import { permissionChecks } from '../../domain/checks/permissions.ts'
import { vaultChecks } from '../../domain/checks/vault.ts'
import { prefixOfGroup } from '../../domain/request/naming.ts'
import { permissionsOfRoles } from '../../domain/checks/role-permissions.ts'
import { partOf } from '../../domain/terms/resource-scope.ts'
import { orUnread } from '../or-unread.ts'
import { peopleAmong } from './people-among.ts'
import { readVault } from './read-vault.ts'
import { vaultIdOf } from '../../domain/terms/vault-id.ts'
import { vaultThere } from './vault-there.ts'
import type { VaultRules } from '../../records/vault-rules.ts'

export interface VaultLook {
  /** Undefined: there is no such vault. */
  readonly facts: Vault | undefined
  readonly roles?: Roles
  readonly results: readonly CheckResults[]
}

/** `now`: ISO 8601 UTC. `look`: of those who share one list of vaults and one of roles; without it each is read by itself. */
export type VaultToLookAt = VaultRules & { readonly now: string; readonly look?: string }

/** Reads a vault and who may do what with it, and holds every rule against it (R27, R28, R31, R33–R36, R38, R39). */
export async function lookAtVault(azure: Azure, rules: VaultToLookAt): Promise<VaultLook> {
  const { vault, now: at, look } = rules
  const { value: facts, call } = await readVault(azure.slot(vault.slot), vault, look)
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call }
  const expected = { by: 'plan', ...vault } as const
  const there = await vaultThere(azure.slot(vault.slot), facts !== undefined, { expected, about })
  if (!facts) return { facts, results: [there] }
  const roles = await rolesAt(azure, rules)
  return { facts, roles, results: [there, ...(await heldWith(roles, azure, rules, { value: facts, call }))] }
}

/** The same of a vault that was read already. */
export async function vaultHeld(azure: Azure, rules: VaultToLookAt, seen: Reading<Vault>): Promise<CheckResults[]> {
  return heldWith(await rolesAt(azure, rules), azure, rules, seen)
}

async function heldWith(
  roles: Roles,
  azure: Azure,
  rules: VaultToLookAt,
  seen: Reading<Vault>
): Promise<CheckResults[]> {
  return [
    ...permissionsHeld(rules, seen, roles),
    ...(await eligibleHeld(azure, rules, roles)),
    ...(await contributorsHeld(azure, rules, roles))
  ]
}

type Roles = Reading<RoleHolder[]> | undefined

/**
 * The roles at a vault, above it and on what is in it, of whoever holds them: a person, a service or a group. Undefined where
 * nobody asks: of a vault that others made, whose access policies decide.
 */
export async function rolesAt(azure: Azure, { vault, authorization, adopted, look }: VaultToLookAt): Promise<Roles> {
  if (adopted && authorization !== 'rbac') return undefined
  return azure.slot(vault.slot).roleAssignments.reaching(vault.subscriptionId, vaultIdOf(vault), look)
}

/** What it is like, and who may do what with its keys. */
export function permissionsHeld(rules: VaultToLookAt, seen: Reading<Vault>, roles: Roles): CheckResults[] {
  const {
    vault,
    authorization,
    administrators,
    known,
    servicePrincipal,
    slotIdentity,
    adopted = false,
    now: at
  } = rules
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at }
  const principals = {
    administrators,
    known,
    servicePrincipalObjectId: servicePrincipal,
    slotIdentityObjectId: slotIdentity
  }
  const namePrefix = prefixOfGroup(vault.resourceGroup) ?? '…'
  const expected = { authorization, slot: vault.slot, namePrefix, workload: rules.workload, adopted, ...principals }
  const guarded = authorization === 'rbac' && roles ? inWordsOfPolicies(rules, seen, roles) : seen
  return [
    runChecks(vaultChecks, seen.value, rules, { ...about, call: seen.call }),
    runChecks(permissionChecks, guarded.value, expected, { ...about, call: callsOf(guarded) }),
    ...grantorsHeld(rules, roles)
  ]
}

/** Who could give themselves any right. */
function grantorsHeld({ vault, authorization, slotIdentity, now: at }: VaultToLookAt, roles: Roles): CheckResults[] {
  if (!roles) return []
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call: callsOf(roles) }
  return [
    runChecks(grantorChecks, { roles: roles.value }, { authorization, vaultId: vaultIdOf(vault), slotIdentity }, about)
  ]
}

/** Who could take on a right to destroy keys. `roles`: of those who hold any, which stand for what may not be read. */
export async function eligibleHeld(azure: Azure, rules: VaultToLookAt, roles: Roles): Promise<CheckResults[]> {
  const { vault, authorization, now: at, look } = rules
  if (authorization !== 'rbac' || !roles) return []
  const { subscriptionId, vaultName } = vault
  const asked = azure.slot(vault.slot).roleAssignments.eligible(subscriptionId, vaultIdOf(vault), look)
  const { read, unread } = await orUnread(`eligible roles (PIM) in ${subscriptionId}`, asked)
  const call = [callsOf(roles), ...(read ? [callsOf(read)] : [])].flat()
  const about = { resource: vaultName, suffix: vaultName, at, call }
  const observed = { name: vaultName, accessPolicies: rolesInWords(vault, read?.value ?? []), unread }
  return [runChecks(eligibleChecks, observed, { authorization }, about)]
}

function inWordsOfPolicies(
  { vault }: VaultToLookAt,
  { value: { name } }: Reading<Vault>,
  { value, ...by }: Reading<RoleHolder[]>
): Reading<PermissionsObserved> {
  return { value: { name, accessPolicies: rolesInWords(vault, value) }, ...by }
}

const rolesInWords = (vault: VaultToLookAt['vault'], roles: readonly RoleHolder[]): AccessPolicy[] =>
  permissionsOfRoles(roles.map((role) => ({ ...role, within: partOf(vaultIdOf(vault), role.scope) })))

/** Who can change its permissions (R35). Of a vault that others made it is not asked. */
export async function contributorsHeld(azure: Azure, rules: VaultToLookAt, roles: Roles): Promise<CheckResults[]> {
  const { vault, authorization, adopted, now: at } = rules
  if (adopted || !roles) return []
  const expected = { vaultId: vaultIdOf(vault), authorization }
  const { principals, calls } = await peopleAmong(azure.app.graph, contributorsAmong(roles.value, expected))
  const about = { resource: vault.vaultName, suffix: vault.vaultName, at, call: [callsOf(roles), calls].flat() }
  return [runChecks(contributorChecks, { principals }, expected, about)]
}
