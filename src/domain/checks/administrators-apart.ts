import type { RoleHolder } from '../resources/role.ts'
import { sameText } from '../terms/same-text.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { covers } from './role-permissions.ts'

/** Somebody who holds a role that administers a slot's resource group. */
export interface AdministratorSeen {
  /** Of the person, the group or the program; a group's people stand beside it, each by themselves. */
  readonly objectId: string
  readonly roleName: string
  readonly scope: string
  /** A program acts for whoever runs it. */
  readonly isPerson: boolean
}

export interface AdministratorsObserved {
  readonly own: readonly AdministratorSeen[]
  readonly other: readonly AdministratorSeen[]
}

export interface AdministratorsExpected {
  readonly subscriptionId: string
  readonly resourceGroup: string
}

/** What lets somebody change the vaults of a group, or who may. */
const administering = ['Microsoft.KeyVault/vaults/write', 'Microsoft.Authorization/roleAssignments/write']

export const administersGroup = ({ actions }: Pick<RoleHolder, 'actions'>): boolean =>
  administering.some((wanted) => actions.some((action) => covers(action, wanted)))

const seen = (scope: string): AdministratorSeen => ({ objectId: 'WHO', roleName: 'Owner', scope, isPerson: true })

const broken = (scope: string) => ({
  observed: { own: [seen(scope)], other: [seen(scope)] },
  expected: { subscriptionId: 'SUB', resourceGroup: 'GROUP' }
})

/** “…separate administrators to manage each resource group”: https://learn.microsoft.com/purview/customer-key-set-up */
export const administratorsApartChecks: readonly Check<AdministratorsObserved, AdministratorsExpected>[] = [
  {
    code: 'administrators-apart',
    requirement: 'R32',
    on: 'subscription',
    expected: () => 'nobody who administers the resource group of this slot administers the other slot’s',
    holds: (observed) => inBoth(observed).length === 0,
    describe: (observed) =>
      inBoth(observed)
        .slice(0, most)
        .map(({ objectId, roleName, scope }) => `${objectId} (${roleName} at ${scope})`)
        .join(', ') || `${observed.own.length} here, none of them there too`,
    overridable: {
      only: 'Only where all of them are programs, or inherit the role from a management group or the tenant’s root',
      when: (observed) => inBoth(observed).every(({ scope, isPerson }) => !isPerson || isInherited(scope))
    },
    means:
      'The same person, group or program is Owner, Contributor or the like of both slots’ resource groups, by a role at the group, at ' +
      'its subscription or above. One slip, or one stolen account, would then reach both keys. Roles that people only may take ' +
      'on (PIM) are not read by the app: look at them yourself.',
    look: [
      'az role assignment list --subscription SUB --all --include-inherited --query ' +
        '"[].{who:principalName, id:principalId, role:roleDefinitionName, scope:scope}" --output table'
    ],
    cure: (observed, { subscriptionId, resourceGroup }) =>
      `Leave ${resourceGroup} in ${subscriptionId} to people who administer nothing of the other slot: take the role from ` +
      `${inBoth(observed)
        .slice(0, most)
        .map(({ objectId, scope }) => `${objectId} at ${scope}`)
        .join(' and ')} in one of the two (az role assignment delete --assignee … --scope …), then retry. ` +
      'What is inherited from above, or held by a partner’s program, may be overridden with who they are and why.',
    afterwards: retried,
    broken: [
      { where: 'somebody was given it in both', ...broken('/subscriptions/SUB') },
      { where: 'somebody inherits it from above', ...broken('/providers/Microsoft.Management/managementGroups/ROOT') }
    ]
  }
]

const inBoth = ({ own, other }: AdministratorsObserved): AdministratorSeen[] =>
  own.filter(({ objectId }) => other.some((each) => sameText(each.objectId, objectId)))

const isInherited = (scope: string): boolean => !scope.toLowerCase().startsWith('/subscriptions/')

/** A finding goes into history. */
const most = 5
