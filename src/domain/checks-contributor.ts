import { always, sameText, type Check } from './checks.ts'
import type { Choices } from './choices.ts'

/** Who can change a vault's permissions (R35). */
export interface ContributorsSeen {
  /** Direct and inherited role assignments that reach the vault. */
  readonly principals: readonly { readonly principalId: string; readonly roleName: string; readonly scope: string }[]
  /** The app's own identities. */
  readonly appObjectIds: readonly string[]
}

/**
 * Somebody of the organisation must be able to change permissions as people come and go: a Contributor, or under Azure RBAC
 * whoever may assign roles. `vaultId`: its ARM id.
 */
export const contributorChecks = (vaultId: string, authorization: Choices['authorization']): readonly Check<ContributorsSeen>[] => {
  const roles = contributorRoles[authorization]
  return [
    {
      code: 'vault-contributor',
      requirement: 'R35',
      expected: `somebody other than this app is ${roles.join(' or ')} of the vault`,
      holds: (seen) => contributors(seen, roles).length > 0,
      describe: (seen) => contributors(seen, roles).join(', ') || 'nobody but this app',
      remedy: () =>
        `Run az role assignment create --assignee {object id or UPN} --role "${roles[0]}" --scope ` +
        `${vaultId}, then retry. If people become it only on demand (PIM), override with who they are.`,
      overridable: always
    }
  ]
}

const contributorRoles = {
  'access-policies': ['Contributor', 'Owner'],
  'rbac': ['Key Vault Data Access Administrator', 'Role Based Access Control Administrator', 'User Access Administrator', 'Owner']
} as const

const contributors = ({ principals, appObjectIds }: ContributorsSeen, roles: readonly string[]): string[] =>
  principals
    .filter(({ roleName }) => roles.includes(roleName))
    .filter(({ principalId }) => !appObjectIds.some((id) => sameText(id, principalId)))
    .map(({ principalId, roleName }) => `${principalId} (${roleName})`)
