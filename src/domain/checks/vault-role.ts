import type { CustomRole } from '../resources/role.ts'
import { permissions } from '../terms/permissions.ts'
import { permissionsOfRoles } from './role-permissions.ts'

/** Key Vault Crypto Service Encryption User, the same in every tenant: what Microsoft's service gets at a vault. */
export const encryptionUser = 'e147488a-f6f5-4113-8e2d-b22465e65bf6'

/**
 * The role that stands for a permission set of a vault under Azure RBAC: it permits that with keys and nothing else.
 * `infra/slot.bicep` makes one for each; undefined where there is none.
 */
export const vaultRole = (
  roles: readonly CustomRole[],
  kind: 'administrator' | 'slotIdentity'
): CustomRole | undefined => roles.find((role) => role.actions.length === 0 && permitsOnly(role, permissions[kind]))

function permitsOnly({ dataActions, notDataActions }: CustomRole, wanted: readonly string[]): boolean {
  const [seen, ...more] = permissionsOfRoles([{ principalId: 'anybody', dataActions, notDataActions }])
  if (seen === undefined || more.length > 0 || seen.secrets.length + seen.certificates.length > 0) return false
  const words = wanted.map((word) => word.toLowerCase())
  return seen.keys.length === words.length && words.every((word) => seen.keys.includes(word))
}
