import { always, type Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import type { Choices } from '../terms/choices.ts'
import type { Finding } from '../terms/evidence.ts'

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
export function contributorChecks(
  vaultId: string,
  authorization: Choices['authorization']
): readonly Check<ContributorsSeen>[] {
  const roles = contributorRoles[authorization]
  return [
    {
      code: 'vault-contributor',
      requirement: 'R35',
      expected: `somebody other than this app is ${roles.join(' or ')} of the vault`,
      holds: (seen) => contributors(seen, roles).length > 0,
      describe: (seen) => contributors(seen, roles).join(', ') || 'nobody but this app',
      remedy: () =>
        `Run ${contributorAssignment(vaultId, authorization)}, then retry. If people become it only on demand (PIM), override with who they are.`,
      overridable: always
    }
  ]
}

export const isContributorFinding = ({ code }: Finding): boolean => code.startsWith('vault-contributor-')

/** What gives somebody the role. `vaultId`: ARM id. */
export const contributorAssignment = (vaultId: string, authorization: Choices['authorization']): string =>
  `az role assignment create --assignee {object id or UPN} --role "${contributorRoles[authorization][0]}" --scope ${vaultId}`

const contributorRoles = {
  'access-policies': ['Contributor', 'Owner'],
  rbac: [
    'Key Vault Data Access Administrator',
    'Role Based Access Control Administrator',
    'User Access Administrator',
    'Owner'
  ]
} as const

const contributors = ({ principals, appObjectIds }: ContributorsSeen, roles: readonly string[]): string[] =>
  principals
    .filter(({ roleName }) => roles.includes(roleName))
    .filter(({ principalId }) => !appObjectIds.some((id) => sameText(id, principalId)))
    .map(({ principalId, roleName }) => `${principalId} (${roleName})`)
