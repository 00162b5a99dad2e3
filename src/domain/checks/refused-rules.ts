import type { Refused } from '../terms/refused.ts'
import { inSubscription, refusedCheck } from './refused-check.ts'

const failures =
  'az monitor activity-log list --subscription SUB --status Failed --offset 1d --query ' +
  '"[].{when:eventTimestamp, what:operationName.value, why:properties.statusMessage}"'

/** https://learn.microsoft.com/azure/governance/policy/troubleshoot/general */
export const policyForbidsCheck = refusedCheck({
  code: 'policy-forbids',
  requirement: 'of the step',
  on: 'step',
  expected: 'no Azure Policy against it',
  says: 'Azure Resource Manager refused (403 RequestDisallowedByPolicy)',
  means:
    'An assignment of Azure Policy denies what the step makes or changes. It was assigned after preflight looked, or asks for ' +
    'something that preflight cannot foresee. No right that the app could get cures it.',
  cause: ({ obstacle }) => (obstacle === undefined ? undefined : `the assignment of policy ${obstacle.toLowerCase()}`),
  look: ['az policy assignment list --subscription SUB --disable-scope-strict-match --output table', failures],
  cure: ({ obstacle, place: { subscriptionId = 'the subscription' } }) =>
    `Ask whoever looks after ${obstacle === undefined ? 'the assignment that Azure names' : `the assignment ${obstacle}`} to exempt ` +
    `${subscriptionId} from it${exempting(obstacle, subscriptionId)}, or to change what it denies. Then retry.`,
  example: { obstacle: '"NAME", /subscriptions/SUB/providers/Microsoft.Authorization/policyAssignments/NAME' }
})

/** Where Azure names the assignment by its id, which begins with where it was assigned. */
function exempting(obstacle = '', subscriptionId: string): string {
  const [id] = /\/\S*\/policyAssignments\/[^\s,"]+/i.exec(obstacle) ?? []
  return id === undefined
    ? ''
    : ` (az policy exemption create --name customer-key --scope /subscriptions/${subscriptionId} --exemption-category Waiver ` +
        `--policy-assignment ${id})`
}

export const azureForbidsCheck = refusedCheck({
  code: 'azure-forbids',
  requirement: 'R31',
  on: 'step',
  expected: 'a region that Azure lets the subscription use',
  says: 'Azure Resource Manager refused (403 RequestDisallowedByAzure)',
  means:
    'Azure itself, and no policy of the organization, does not let this subscription make resources in that region.',
  look: ['az account list-locations --query "[].name" --output tsv', failures],
  cure: ({ place: { subscriptionId = 'the subscription' } }) =>
    `Ask Azure’s support to open the region for ${subscriptionId}, then retry; or cancel, and start anew with another region.`
})

/** The id of a lock begins with that of what it lies on. */
const onObstacle = ({ obstacle }: Refused): string =>
  obstacle === undefined ? '' : ` && starts_with(id, '${obstacle}/providers/Microsoft.Authorization/')`

/** https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources */
export const lockedCheck = refusedCheck({
  code: 'locked',
  requirement: 'of the step',
  on: 'step',
  expected: 'no lock against the change',
  says: "Azure Resource Manager found a conflict (409 ScopeLocked): following scope(s) are locked: 'SCOPE'",
  means:
    'A read-only or delete lock lies on the subscription, the resource group or the resource that the step changes. A lock that ' +
    'forbids deletion alone hinders nothing here; one that makes read-only does.',
  cause: ({ obstacle }) => (obstacle === undefined ? undefined : `a lock on ${obstacle.toLowerCase()}`),
  look: ['az lock list --subscription SUB --output table'],
  cure: (refused) =>
    `Take the lock${refused.obstacle === undefined ? '' : ` of ${refused.obstacle}`} away (az lock delete --ids $(az lock ` +
    `list${inSubscription(refused)} --query "[?level=='ReadOnly'${onObstacle(refused)}].id" --output tsv)), or make it one that ` +
    'forbids deletion alone (--lock-type CanNotDelete), then retry. Put it back after the hand-off.',
  example: { obstacle: 'SCOPE' }
})

/** https://learn.microsoft.com/azure/role-based-access-control/deny-assignments, …/azure/azure-resource-manager/bicep/deployment-stacks */
export const assignmentDeniesCheck = refusedCheck({
  code: 'assignment-denies',
  requirement: 'of the step',
  on: 'step',
  expected: 'no deny assignment against the step',
  says:
    'Azure Resource Manager refused (403 DenyAssignmentAuthorizationFailed): … however, the access is denied because of the deny ' +
    "assignment with name 'NAME' and Id 'ID' at scope 'SCOPE'",
  means:
    'The identity has the right, and a deny assignment takes it away: a deployment stack that protects what it made, a managed ' +
    'application, or one that somebody made by hand. No role that the app could get cures it.',
  look: [failures],
  cure: ({ identity, obstacle, place: { subscriptionId = 'the subscription' } }) =>
    `Find who made ${obstacle === undefined ? 'the deny assignment that Azure names' : `the deny assignment ${obstacle}`} in ${subscriptionId} ` +
    '(Azure portal, Access control, Deny assignments). A deployment stack lets the identity through where it is deployed again with ' +
    `the object id of ${identity} among its --deny-settings-excluded-principals; one made by hand, where it is excluded there. Then retry.`,
  example: { obstacle: 'NAME at SCOPE' }
})

export const quotaCheck = refusedCheck({
  code: 'quota-used-up',
  requirement: 'of the step',
  on: 'step',
  expected: 'room within Azure’s limits',
  says: 'Azure Resource Manager rejected the request (400 QuotaExceeded)',
  means: 'A limit of the subscription, the region or its role assignments is reached; Azure’s sentence names it.',
  look: ['az quota list --scope SCOPE --output table', failures],
  cure: ({ place: { subscriptionId = 'the subscription' } }) =>
    `Free what nobody needs in ${subscriptionId}, or ask Azure’s support for a higher limit. Then retry.`
})

export const regionRefusedCheck = refusedCheck({
  code: 'region-refused',
  requirement: 'R31',
  on: 'step',
  expected: 'a region that has the service',
  says: 'Azure Resource Manager rejected the request (400 LocationNotAvailableForResourceType)',
  means: 'The region of the plan does not offer what the step makes, to this subscription.',
  look: [
    'az provider show --namespace Microsoft.KeyVault --query "resourceTypes[?resourceType==\'vaults\'].locations"'
  ],
  cure: () =>
    'Ask Azure’s support whether the region opens for the subscription, and retry; or cancel, and start anew with another region.'
})

export const skuRefusedCheck = refusedCheck({
  code: 'sku-refused',
  requirement: 'R28',
  on: 'step',
  expected: 'Premium vaults in the region',
  says: 'Azure Resource Manager rejected the request (400 SkuNotSupported)',
  means: 'The region does not offer vaults of the kind that the plan wants.',
  look: ['az account list-locations --query "[].name" --output tsv', failures],
  cure: () =>
    'Customer Key needs Premium vaults. Ask Azure’s support when the region has them, and retry; or cancel, and start anew with ' +
    'another region.'
})
