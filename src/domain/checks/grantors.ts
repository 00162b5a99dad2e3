import type { RoleHolder } from '../resources/role.ts'
import type { Choices } from '../terms/choices.ts'
import { reaches } from '../terms/resource-scope.ts'
import { sameText } from '../terms/same-text.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { vaultIdInShell } from './look.ts'
import { few } from './permission-cures.ts'
import { permits } from './role-permissions.ts'
import { removal } from './setup-role.ts'

export interface GrantorsObserved {
  /** All roles that reach the vault. */
  readonly roles: readonly Grantor[]
}

type Grantor = Pick<RoleHolder, 'principalId' | 'principalType' | 'roleName' | 'scope' | 'actions' | 'notActions'>

export interface GrantorsExpected {
  readonly authorization: Choices['authorization']
  /** ARM id. */
  readonly vaultId: string
  /** Object id: what this app may is found by itself, for all of its identities (`setup-role-removed`). */
  readonly slotIdentity: string
}

/** Whoever may change the definition of a role widens one that they hold. */
const granting = ['Microsoft.Authorization/roleAssignments/write', 'Microsoft.Authorization/roleDefinitions/write']

/**
 * Who may assign roles at a vault may give themselves every right to its keys. People of the organization must be able to
 * (R35); a program need not. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/privileged
 */
const grantors = ({ roles }: GrantorsObserved, { vaultId, slotIdentity }: GrantorsExpected): Grantor[] =>
  roles
    .filter(({ principalType }) => principalType !== 'User' && principalType !== 'Group')
    .filter(({ principalId }) => !sameText(principalId, slotIdentity))
    .filter((role) => reaches(role.scope, vaultId) && granting.some((each) => permits(role, each)))

/** Nobody may delete or purge, nor give themselves the right to by a role (R34). */
export const grantorChecks: readonly Check<GrantorsObserved, GrantorsExpected>[] = [
  {
    code: 'vault-grantors',
    requirement: 'R34',
    on: 'vault',
    expected: () => 'no program may assign roles or change them',
    appliesTo: (_, { authorization }) => authorization === 'rbac',
    holds: (observed, expected) => grantors(observed, expected).length === 0,
    describe: (observed, expected) =>
      few(
        grantors(observed, expected).map(
          ({ principalId, principalType = 'unknown', roleName, scope }) =>
            `${principalId} (${principalType}) by ${roleName} at ${scope}`
        )
      ).join('; ') || 'no program may',
    overridable: true,
    means:
      'Azure RBAC decides, and a program (a service principal, a partner’s group, or what Azure does not name) may assign roles, or ' +
      'change what they permit, at the vault, above it or in it: it could give itself the right to delete and purge keys. Programs in groups, and what ' +
      'people could activate (PIM), are not looked at.',
    look: [
      `az role assignment list --scope ${vaultIdInShell} --include-inherited --query ` +
        '"[?principalType!=\'User\'].{who:principalId, type:principalType, role:roleDefinitionName, scope:scope}" --output table'
    ],
    cure: (observed, expected) =>
      `Take the role from it: ${few(grantors(observed, expected).map((each) => removal(each.principalId, each))).join(' and ')}; ` +
      'then retry. Where it must stay, such as a landing zone’s own pipeline, override with what it is and who answers for it.',
    afterwards: retried,
    broken: [
      {
        observed: {
          roles: [
            {
              principalId: 'WHO',
              principalType: 'ServicePrincipal',
              roleName: 'Owner',
              scope: '/subscriptions/SUB',
              actions: ['*'],
              notActions: []
            }
          ]
        },
        expected: { authorization: 'rbac', vaultId: '/subscriptions/SUB/VAULT', slotIdentity: 'SLOT_IDENTITY' }
      }
    ]
  }
]
