import { retried } from './afterwards.ts'
import type { RoleHolder } from '../resources/role.ts'
import type { Check } from './checks.ts'
import { vaultIdInShell } from './look.ts'
import { sameText } from '../terms/same-text.ts'
import type { Choices } from '../terms/choices.ts'
import type { Finding } from '../terms/evidence.ts'

/** Who can change a vault's permissions (R35). */
export interface ContributorsObserved {
  /** Direct and inherited role assignments that reach the vault. */
  readonly principals: readonly Pick<RoleHolder, 'principalId' | 'roleName' | 'scope'>[]
  /** The app's own identities. */
  readonly appObjectIds: readonly string[]
}

export interface ContributorsExpected {
  /** ARM id. */
  readonly vaultId: string
  readonly authorization: Choices['authorization']
}

const nobody = (authorization: Choices['authorization']) => ({
  where: authorization === 'rbac' ? 'Azure RBAC decides' : 'access policies decide',
  observed: { principals: [], appObjectIds: [] },
  expected: { vaultId: 'VAULT_ID', authorization }
})

/**
 * Somebody of the organisation must be able to change permissions as people come and go: a Contributor, or under Azure RBAC
 * whoever may assign roles.
 */
export const contributorChecks: readonly Check<ContributorsObserved, ContributorsExpected>[] = [
  {
    code: 'vault-contributor',
    requirement: 'R35',
    on: 'vault',
    expected: ({ authorization }) =>
      `somebody other than this app is ${contributorRoles[authorization].join(' or ')} of the vault`,
    holds: (observed, expected) => contributors(observed, expected).length > 0,
    describe: (observed, expected) => contributors(observed, expected).join(', ') || 'nobody but this app',
    overridable: true,
    means:
      'Nobody but the app is Contributor or Owner of the vault: no person of the organization could change its permissions when it ' +
      'must be done. Under Azure RBAC a Contributor cannot change who may use keys; there it is whoever may assign roles. While the ' +
      'vault is set up the app asks for it by a task first; this is found when that did not help, or later.',
    look: [
      `az role assignment list --scope ${vaultIdInShell} --include-inherited --query ` +
        '"[].{who:principalName, role:roleDefinitionName, scope:scope}" --output table'
    ],
    cure: (_, expected) =>
      `Run ${contributorAssignment(expected.vaultId, expected.authorization)}, then retry. If people become it only on demand (PIM), override with who they are.`,
    afterwards: retried,
    broken: [nobody('access-policies'), nobody('rbac')]
  }
]

export const isContributorFinding = ({ check }: Finding): boolean => check === 'vault-contributor'

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

const contributors = (
  { principals, appObjectIds }: ContributorsObserved,
  { authorization }: ContributorsExpected
): string[] =>
  principals
    .filter(({ roleName }) => rolesOf(authorization).includes(roleName))
    .filter(({ principalId }) => !appObjectIds.some((id) => sameText(id, principalId)))
    .map(({ principalId, roleName }) => `${principalId} (${roleName})`)

const rolesOf = (authorization: Choices['authorization']): readonly string[] => contributorRoles[authorization]
