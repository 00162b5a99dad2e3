import { retried } from './afterwards.ts'
import type { RoleHolder } from '../resources/role.ts'
import { holdsAt } from '../terms/resource-scope.ts'
import type { Check } from './checks.ts'
import { vaultIdInShell } from './look.ts'
import { permits } from './role-permissions.ts'
import { sameText } from '../terms/same-text.ts'
import type { Choices } from '../terms/choices.ts'
import type { Finding } from '../terms/evidence.ts'

/** Who can change a vault's permissions (R35). */
export interface ContributorsObserved {
  /** Who holds a role that lets them. */
  readonly principals: readonly ContributorSeen[]
}

export interface ContributorSeen extends Pick<RoleHolder, 'principalId' | 'roleName'> {
  /** A person who is in the directory, or a group with one: a program can change nothing when people must. */
  readonly isPeople: boolean
  /** Only under a condition, which may not let them do it. */
  readonly isLimited?: true
}

export interface ContributorsExpected {
  /** ARM id. */
  readonly vaultId: string
  readonly authorization: Choices['authorization']
}

const nobody = (authorization: Choices['authorization']) => ({
  where: authorization === 'rbac' ? 'Azure RBAC decides' : 'access policies decide',
  observed: { principals: [] },
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
      `a person of the organization is ${contributorRoles[authorization].join(' or ')} of the vault`,
    holds: ({ principals }) => principals.some(({ isPeople, isLimited }) => isPeople && isLimited !== true),
    describe: ({ principals }) =>
      principals.map((each) => `${each.principalId} (${each.roleName}${whyNot(each)})`).join(', ') ||
      'nobody but this app',
    overridable: true,
    means:
      'No person of the organization is Contributor or Owner of the vault, by themselves or through a group: nobody could change its ' +
      'permissions when it must be done. A service principal, an empty group and somebody who has left the directory are no people; a ' +
      'role under a condition is not counted where roles decide, as it may not let them give those of keys. Under Azure RBAC a Contributor cannot change who may use keys; there it is whoever may assign roles. While the ' +
      'vault is set up the app asks for it by a task first; this is found when that did not help, or later.',
    look: [
      `az role assignment list --scope ${vaultIdInShell} --include-inherited --query ` +
        '"[].{who:principalName, role:roleDefinitionName, scope:scope}" --output table'
    ],
    cure: (_, expected) =>
      'Whoever may assign roles there makes themselves the one who looks after it: ' +
      `${contributorAssignment(expected.vaultId, expected.authorization)}; or somebody else, by their object id in the place of their ` +
      'own. Then retry. If people become it only on demand (PIM), override with who they are.',
    afterwards: retried,
    broken: [nobody('access-policies'), nobody('rbac')]
  }
]

export const isContributorFinding = ({ check }: Finding): boolean => check === 'vault-contributor'

/** What gives somebody the role. `vaultId`: ARM id. */
export const contributorAssignment = (vaultId: string, authorization: Choices['authorization']): string =>
  'az role assignment create --assignee "$(az ad signed-in-user show --query id --output tsv)" ' +
  `--role "${contributorRoles[authorization][0]}" --scope ${vaultId}`

const contributorRoles = {
  'access-policies': ['Contributor', 'Owner'],
  rbac: [
    'Key Vault Data Access Administrator',
    'Role Based Access Control Administrator',
    'User Access Administrator',
    'Owner'
  ]
} as const

/** Of all roles that reach a vault, those that let their holder change who may use its keys; one on a single key does not. */
export const contributorsAmong = (
  roles: readonly RoleHolder[],
  { vaultId, authorization }: ContributorsExpected
): RoleHolder[] =>
  roles
    .filter(({ roleName }) => rolesOf(authorization).some((each) => sameText(each, roleName)))
    .filter(({ scope }) => holdsAt(scope, vaultId))
    .filter((role) => permits(role, changes[authorization]))
    .map(({ condition, ...role }) => ({ ...role, ...(limits(authorization, condition) && { condition }) }))

/**
 * Conditions limit which roles somebody may give, and nothing of access policies.
 * https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview
 */
const limits = (authorization: Choices['authorization'], condition: string | undefined): boolean =>
  authorization === 'rbac' && condition !== undefined

const changes = {
  'access-policies': 'Microsoft.KeyVault/vaults/accessPolicies/write',
  rbac: 'Microsoft.Authorization/roleAssignments/write'
} as const

const rolesOf = (authorization: Choices['authorization']): readonly string[] => contributorRoles[authorization]

function whyNot({ isPeople, isLimited }: ContributorSeen): string {
  if (isLimited) return ' under a condition'
  return isPeople ? '' : ', no person'
}
