import type { RoleHolder } from '../resources/role.ts'
import { sameText } from '../terms/same-text.ts'
import { listOf } from '../terms/words.ts'
import { retried } from './afterwards.ts'
import { inBoth, meant, type AdministratorsObserved, type HeldByBoth } from './administrators-of-both.ts'
import type { Check } from './checks.ts'
import { covers } from './role-permissions.ts'

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

const expected = { subscriptionId: 'SUB', resourceGroup: 'GROUP' }
const seen = { objectId: 'WHO', kind: 'person', roleName: 'Owner', scope: '/subscriptions/SUB' } as const
const above = '/providers/Microsoft.Management/managementGroups/ROOT'

function broken(where: string, held: Partial<AdministratorsObserved['own'][number]> = {}) {
  const both = [{ ...seen, ...held }]
  return { where, observed: { own: both, other: both }, expected }
}

/** “…separate administrators to manage each resource group”: https://learn.microsoft.com/purview/customer-key-set-up */
export const administratorsApartChecks: readonly Check<AdministratorsObserved, AdministratorsExpected>[] = [
  {
    code: 'administrators-apart',
    requirement: 'R32',
    on: 'subscription',
    expected: () => 'nobody who administers the resource group of this slot administers the other slot’s',
    holds: (observed) => inBoth(observed).length === 0,
    describe: (observed) => named(inBoth(observed)) || `${observed.own.length} here, none of them there too`,
    unread: ({ unread = [] }) => unread.join('; ') || undefined,
    overridable: {
      only:
        'Only where each of them is a program, a partner’s, an emergency account that the request names, or has one of the slots by ' +
        'inheritance alone, from a management group or the tenant’s root',
      when: (observed) => inBoth(observed).every((each) => meant(each) !== undefined)
    },
    means:
      'The same person, group, program or partner may change or delete the vaults of both slots’ resource groups, or say who may ' +
      '(Owner, Contributor or the like), by a role at the group, in it, at its subscription or above; or may take such a role on ' +
      '(eligible, by Privileged Identity Management). One slip, or one stolen account, would then reach both keys. Members of ' +
      'groups stand for themselves. What could not be read is said, and stops nothing. Not shown to the app: who could join a ' +
      'group (PIM for groups), the people in a partner’s group, and groups whose membership is hidden.',
    look: [
      'az role assignment list --subscription SUB --all --include-inherited --query ' +
        '"[].{who:principalName, id:principalId, role:roleDefinitionName, scope:scope}" --output table',
      'az rest --url "https://management.azure.com/subscriptions/SUB/providers/Microsoft.Authorization/roleEligibilitySchedules?' +
        'api-version=2020-10-01" --query "value[].properties.{who:expandedProperties.principal.displayName, id:principalId, ' +
        'role:expandedProperties.roleDefinition.displayName, scope:scope}" --output table'
    ],
    cure: (observed, { subscriptionId, resourceGroup }) => {
      const all = inBoth(observed)
      const given = all.filter((each) => meant(each) === undefined)
      return (
        `Leave ${resourceGroup} in ${subscriptionId} to people who administer nothing of the other slot: in one of the two, take ` +
        `from ${takenFrom(given.length > 0 ? given : all)}, then retry.${mayStay(all.filter((each) => meant(each) !== undefined))}`
      )
    },
    afterwards: retried,
    broken: [
      broken('somebody was given it in both'),
      broken('somebody may take it on in both', { isEligible: true }),
      broken('a group that they are in was given it in both', { through: 'GROUP_ID' }),
      broken('a partner’s group was given it in both', { kind: 'partner' }),
      broken('it is delegated to a partner in both', { kind: 'partner', tenant: 'TENANT_ID' }),
      broken('an emergency account of the request was given it in both', { kind: 'emergency' }),
      broken('somebody inherits it from above', { scope: above })
    ]
  }
]

/** Everybody by name, the first of them with what they hold: an override is of those who are named, and of nobody else. */
function named(all: readonly HeldByBoth[]): string {
  const told = all.map((each, index) => (index < mostTold ? toldOf(each) : each.objectId))
  return told.join(', ')
}

function toldOf(each: HeldByBoth): string {
  const { objectId, kind, own } = each
  const held = own.map(
    ({ roleName, scope, isEligible, through, tenant }) =>
      `${isEligible === true ? 'eligible for ' : ''}${roleName} at ${scope}${through === undefined ? '' : ` by group ${through}`}` +
      (tenant === undefined ? '' : ` delegated to tenant ${tenant}`)
  )
  return `${objectId} (${words[kind]}: ${held.join(' and ')}${meant(each) === 'inherited' ? '; inherited' : ''})`
}

const words: Readonly<Record<HeldByBoth['kind'], string>> = {
  person: 'person',
  group: 'group',
  program: 'program',
  partner: 'partner of another tenant',
  emergency: 'emergency account'
}

/** The first of them, with what is to be done for each thing that they hold here. */
const takenFrom = (all: readonly HeldByBoth[]): string =>
  `${listOf(all.slice(0, most).map(({ objectId }) => objectId))} what they hold (here: ` +
  `${listOf(all.slice(0, most).flatMap(({ own }) => own.slice(0, most).map(takingAway)))})`

function mayStay(all: readonly HeldByBoth[]): string {
  if (all.length === 0) return ''
  const named = all.slice(0, most).map((each) => `${each.objectId} (${reasons[meant(each) ?? 'inherited']})`)
  return ` ${listOf(named)} may stay where nobody else is named, if an operator says who they are and why (override).`
}

const reasons: Readonly<Record<NonNullable<ReturnType<typeof meant>>, string>> = {
  inherited: 'by inheritance from above alone in one of the two',
  program: 'a program',
  partner: 'a partner’s',
  emergency: 'an account for emergencies that the request names'
}

function takingAway({ objectId, roleName, scope, isEligible, through, tenant }: HeldByBoth['own'][number]): string {
  if (tenant !== undefined)
    return `the delegation of ${scope} to tenant ${tenant} (az managedservices assignment list, then delete)`
  if (through !== undefined && !sameText(through, objectId))
    return `az ad group member remove --group ${through} --member-id ${objectId}`
  return isEligible === true
    ? `the eligible assignment of ${roleName} at ${scope} to ${objectId}, under Privileged Identity Management, Azure resources`
    : `az role assignment delete --assignee ${objectId} --role "${roleName}" --scope ${scope}`
}

/** A finding goes into history. */
const most = 5
const mostTold = 20
