import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../../core/service.ts'
import type { Collection, World } from '../../core/world.ts'
import { openSubscription } from './authorize.ts'
import { definitionPlaceOf, provider, subscriptionOf } from './role-views.ts'
import { isWithin, type RoleAssignmentRecord } from './roles.ts'

/** A role that somebody does not hold and may take on, by Privileged Identity Management: it allows nothing until then. */
export interface RoleEligibilityRecord
  extends Pick<
    RoleAssignmentRecord,
    'name' | 'scope' | 'roleDefinition' | 'principalId' | 'principalType' | 'createdOn'
  > {
  /** Azure’s word, e.g. `Provisioned`. */
  readonly status: string
  /** ISO 8601; absent: it lasts. */
  readonly endsOn?: string
}

/** By GUID, lower-case. */
export const roleEligibilities = (world: World): Collection<RoleEligibilityRecord> =>
  world.collection('role-eligibilities')

/** https://learn.microsoft.com/rest/api/authorization/role-eligibility-schedules/list-for-scope */
export const eligibilityRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `/{*scope}${provider}/roleEligibilitySchedules`,
    operation: 'roleEligibilitySchedules.listForScope',
    apiVersions: ['2020-10-01', '2020-10-01-preview'],
    handle: (request, { scope = '' }, around) => listed(request, `/${scope}`, around)
  }
]

function listed(request: SimulatedRequest, scope: string, around: Surroundings): SimulatedResponse {
  const action = 'Microsoft.Authorization/roleEligibilitySchedules/read'
  openSubscription(subscriptionOf(scope), { request, around, action, scope })
  const chosen = roleEligibilities(around.world)
    .values()
    .filter(chooser(request.query.get('$filter'), scope))
  return { status: 200, json: { value: chosen.map((each) => view(each, scope)) } }
}

/**
 * `atScope()`: at the scope or above it. Without a filter what is below is told as well: the example of
 * https://learn.microsoft.com/powershell/module/az.resources/get-azroleeligibilityschedule shows machines of a subscription,
 * and its management group.
 */
function chooser(filter: string | undefined, scope: string): (record: RoleEligibilityRecord) => boolean {
  const above = (record: RoleEligibilityRecord): boolean => isWithin(scope, record.scope)
  if (filter === 'atScope()') return above
  if (filter === undefined || filter === '') return (record) => above(record) || isWithin(record.scope, scope)
  throw new AzureError(400, 'UnsupportedQuery', `The filter '${filter}' is not supported.`)
}

function view(record: RoleEligibilityRecord, scope: string): object {
  const { name, roleDefinition, principalId, principalType, status, createdOn, endsOn } = record
  return {
    properties: {
      scope: record.scope,
      roleDefinitionId: `${definitionPlaceOf(record.scope)}${provider}/roleDefinitions/${roleDefinition}`,
      principalId,
      principalType,
      roleEligibilityScheduleRequestId: `${record.scope === '/' ? '' : record.scope}${provider}/roleEligibilityScheduleRequests/${name}`,
      memberType: isWithin(record.scope, scope) ? 'Direct' : 'Inherited',
      status,
      startDateTime: createdOn,
      ...(endsOn === undefined ? {} : { endDateTime: endsOn }),
      createdOn,
      updatedOn: createdOn
    },
    id: `${record.scope === '/' ? '' : record.scope}${provider}/roleEligibilitySchedules/${name}`,
    type: 'Microsoft.Authorization/roleEligibilitySchedules',
    name
  }
}
