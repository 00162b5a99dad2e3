import type { AccessPolicy } from '../resources/vault.ts'
import type { Choices } from '../terms/choices.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { allowing, few } from './permission-cures.ts'
import { keysText, whoOf, type PermissionsObserved } from './permission-holders.ts'

/** What people may take on at a vault, above it and in it, in the words of access policies. */
export interface EligibleObserved extends PermissionsObserved {
  /** Why it could not be read. */
  readonly unread: readonly string[]
}

export interface EligibleExpected {
  readonly authorization: Choices['authorization']
}

const destroying = ['delete', 'purge', 'all']

const able = (observed: EligibleObserved): AccessPolicy[] => allowing(observed.accessPolicies, destroying)

/**
 * Nobody may delete or purge by a role that they need only activate (R34), by Privileged Identity Management: until then no list
 * of role assignments has it. https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-activate-your-roles
 */
export const eligibleChecks: readonly Check<EligibleObserved, EligibleExpected>[] = [
  {
    code: 'vault-eligible',
    requirement: 'R34',
    on: 'vault',
    expected: () => 'nobody may take on a role that deletes or purges keys',
    appliesTo: (_, { authorization }) => authorization === 'rbac',
    holds: (observed) => able(observed).length === 0,
    describe: (observed) =>
      few([...new Set(able(observed).map(whoOf))].map((who) => `${who}: ${keysText(observed, who)}`)).join('; ') ||
      'nobody may',
    unread: ({ unread }) => unread.join('; ') || undefined,
    overridable: true,
    means:
      'Somebody is eligible for a role that may delete or purge keys (Privileged Identity Management): they hold it as soon as they ' +
      'activate it. What could not be read is said, and stops nothing; who could join a group (PIM for groups) is shown to nobody.',
    look: [
      'az rest --url "https://management.azure.com/subscriptions/SUB/providers/Microsoft.Authorization/roleEligibilitySchedules?' +
        'api-version=2020-10-01" --query "value[].properties.{who:principalId, role:roleDefinitionId, scope:scope}" --output table'
    ],
    cure: (observed) =>
      `Under Privileged Identity Management, Azure resources, take away ${few(able(observed).map(eligibility)).join(' and ')}, then ` +
      'retry. Where it must stay, override with who it is and who approves each activation.',
    afterwards: retried,
    broken: [
      {
        observed: {
          name: 'VAULT',
          accessPolicies: [
            {
              objectId: 'WHO',
              applicationId: undefined,
              role: { roleName: 'Key Vault Administrator', scope: 'SCOPE' },
              keys: ['delete', 'purge'],
              secrets: [],
              certificates: [],
              storage: []
            }
          ],
          unread: []
        },
        expected: { authorization: 'rbac' }
      }
    ]
  }
]

const eligibility = ({ objectId, role }: AccessPolicy): string =>
  `the eligible assignment of ${role?.roleName ?? 'the role'} at ${role?.scope ?? 'its scope'} to ${objectId}`
