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

/**
 * What lets somebody change or delete the vaults of a group, or say who may.
 * https://learn.microsoft.com/azure/role-based-access-control/permissions/security#microsoftkeyvault
 */
const administering = [
  'Microsoft.KeyVault/vaults/write',
  'Microsoft.KeyVault/vaults/delete',
  'Microsoft.KeyVault/vaults/accessPolicies/write',
  'Microsoft.Resources/subscriptions/resourceGroups/delete',
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleDefinitions/write'
]

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
      only: 'Only where each of them is a program, or has one of the slots by inheritance alone, from a management group or the tenant’s root',
      when: (observed) =>
        inBoth(observed).every(({ objectId, isPerson }) => !isPerson || inheritsOne(observed, objectId))
    },
    means:
      'The same person, group or program may change or delete the vaults of both slots’ resource groups, or say who may (Owner, ' +
      'Contributor or the like), by a role at the group, in it, at its subscription or above. One slip, or one stolen account, would then reach both keys. Roles that people only may take ' +
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

/** Of one slot at least nobody gave it to them there. Both halves of the finding see the same. */
const inheritsOne = ({ own, other }: AdministratorsObserved, objectId: string): boolean =>
  [own, other].some((slot) =>
    slot.filter((each) => sameText(each.objectId, objectId)).every(({ scope }) => isInherited(scope))
  )

const isInherited = (scope: string): boolean => !scope.toLowerCase().startsWith('/subscriptions/')

/** A finding goes into history. */
const most = 5
