import { retried } from './afterwards.ts'
import type { RoleHolder } from '../resources/role.ts'
import type { Check } from './checks.ts'
import type { Choices } from '../terms/choices.ts'
import type { Identity, Slot } from '../terms/evidence.ts'
import { sameText } from '../terms/same-text.ts'
import { roleName } from '../terms/role-names.ts'

/** What the app's own identities may do in one subscription, above it and on anything in it, through groups too. */
export interface OwnRolesObserved {
  readonly roles: readonly OwnRole[]
}

/** `principalId` is the identity, or a group that it is in. */
export interface OwnRole extends Pick<RoleHolder, 'roleName' | 'scope' | 'actions' | 'principalId'> {
  readonly identity: Identity
  /** Of the identity. */
  readonly objectId: string
}

/** Once all is set up the app needs to read and to back up: the right to change vaults and permissions goes (R34). */
export const setupRoleChecks: readonly Check<OwnRolesObserved, undefined>[] = [
  {
    code: 'setup-role-removed',
    requirement: 'R34',
    on: 'subscription',
    expected: () => 'this app may only read',
    holds: (observed) => changing(observed).length === 0,
    describe: (observed) =>
      changing(observed)
        .map(({ identity, roleName, scope }) => `${roleName} at ${scope} (identity ${identity})`)
        .join(', ') || 'it may only read',
    overridable: false,
    means:
      'All is made, and this app may still change something in the subscription. From the hand-off on it needs to read and to ' +
      'back up. Looked at is what each of its three identities holds at the subscription, above it and on anything in it, by ' +
      'itself or through a group; what another tenant gives by Azure Lighthouse is not shown to anybody. The finding names the roles and where they ' +
      'are held; the role “Customer Key guard” stays.',
    look: [
      'az role assignment list --subscription SUB --assignee IDENTITY --all --include-groups --include-inherited --query ' +
        '"[].{role:roleDefinitionName, scope:scope}" --output table'
    ],
    cure: (observed) =>
      `Run ${changing(observed)
        .map((role) => (sameText(role.principalId, role.objectId) ? removal(role.objectId, role) : leaving(role)))
        .join(' and ')}, then retry.`,
    afterwards: `Deploy \`infra/slot.bicep\` with \`settingUp=false\` from then on, or it gives the role back. ${retried}`,
    broken: [
      {
        observed: {
          roles: [
            {
              roleName: 'Customer Key setup (PREFIX slot N)',
              scope: '/subscriptions/SUB',
              actions: ['Microsoft.KeyVault/vaults/write'],
              principalId: 'IDENTITY',
              objectId: 'IDENTITY',
              identity: 'slot-1'
            }
          ]
        },
        expected: undefined
      },
      {
        observed: {
          roles: [
            {
              roleName: 'Contributor',
              scope: '/subscriptions/SUB/resourceGroups/GROUP',
              actions: ['*'],
              principalId: 'GROUP_ID',
              objectId: 'IDENTITY',
              identity: 'slot-1'
            }
          ]
        },
        expected: undefined
      }
    ]
  }
]

/** The roles that `infra/slot.bicep` gives a slot's identity for the set-up; the second where Azure RBAC guards the vaults. */
export const setupRoleNames = ({
  slot,
  namePrefix,
  authorization
}: {
  readonly slot: Slot
  readonly namePrefix: string
  readonly authorization: Choices['authorization']
}): string[] => [
  roleName('setup', namePrefix, slot),
  ...(authorization === 'rbac' ? [roleName('granting', namePrefix, slot)] : [])
]

/** The role for the set-up among those of a subscription, whatever its name: it makes vaults and asks for the registration. */
export const setupRole = <Role extends { readonly actions: readonly string[] }>(
  roles: readonly Role[]
): Role | undefined =>
  roles.find(({ actions }) =>
    ['Microsoft.KeyVault/vaults/write', 'Microsoft.Features/providers/features/register/action'].every((needed) =>
      actions.includes(needed)
    )
  )

/** Whether it is what somebody gives a slot's identity again for another onboarding in the same subscription. */
export const isForSetUp = (role: Pick<OwnRole, 'actions'>): boolean =>
  setupRole([role]) !== undefined || isWithinActions(role, ['Microsoft.Authorization/roleAssignments/write'])

/** Whether it is the role for restore drills, which is given after the hand-off (infra/roles.json). */
export const isForDrills = (role: Pick<OwnRole, 'actions'>): boolean =>
  isWithinActions(role, ['Microsoft.KeyVault/vaults/write', 'Microsoft.KeyVault/vaults/accessPolicies/write'])

const isWithinActions = ({ actions }: Pick<OwnRole, 'actions'>, all: readonly string[]): boolean =>
  actions.every((action) => all.some((each) => sameText(each, action)))

/** How a person takes a role away. */
export const removal = (
  objectId: string,
  { roleName, scope }: { readonly roleName: string; readonly scope: string }
): string => `az role assignment delete --assignee ${objectId} --role "${roleName}" --scope ${scope}`

/** How a person takes somebody out of a group that holds a role, which others may need. */
const leaving = ({ objectId, principalId, roleName }: OwnRole): string =>
  `az ad group member remove --group ${principalId} --member-id ${objectId} (“${roleName}” is held by that group; where the ` +
  'identity is in it through another group, take it out of that one)'

const changing = ({ roles }: OwnRolesObserved): OwnRolesObserved['roles'] =>
  roles.filter(({ actions }) => actions.some((action) => !/\/read$/i.test(action)))
