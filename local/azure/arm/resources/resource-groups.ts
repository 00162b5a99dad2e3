import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../../core/service.ts'
import { openSubscription } from '../authorization/authorize.ts'
import { resourceGroups, type ResourceGroupRecord } from './records.ts'
import { readJson, readTags } from '../read-json.ts'
import { requireRegion } from './regions.ts'

export const resourceApiVersions: readonly string[] = [
  '2015-11-01',
  '2019-10-01',
  '2020-06-01',
  '2021-04-01',
  '2022-09-01',
  '2024-03-01',
  '2024-11-01',
  '2025-04-01'
]

const path = '/subscriptions/{sub}/resourcegroups/{group}'
const ACTIONS = 'Microsoft.Resources/subscriptions/resourceGroups'

/** https://learn.microsoft.com/rest/api/resources/resource-groups */
export const resourceGroupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{sub}/resourcegroups',
    operation: 'resourceGroups.list',
    apiVersions: resourceApiVersions,
    handle: (request, { sub = '' }, around) => {
      openSubscription(sub, { request, around, action: `${ACTIONS}/read`, scope: `/subscriptions/${sub}` })
      const all = resourceGroups(around.world).values()
      return {
        status: 200,
        json: {
          value: all.filter(({ subscriptionId }) => subscriptionId.toLowerCase() === sub.toLowerCase()).map(view)
        }
      }
    }
  },
  {
    method: 'GET',
    path,
    operation: 'resourceGroups.get',
    apiVersions: resourceApiVersions,
    handle: (request, { sub = '', group = '' }, around) => {
      const scope = groupId(sub, group)
      openSubscription(sub, { request, around, action: `${ACTIONS}/read`, scope })
      return { status: 200, json: view(requireGroup(sub, group, around)) }
    }
  },
  {
    method: 'HEAD',
    path,
    operation: 'resourceGroups.checkExistence',
    apiVersions: resourceApiVersions,
    handle: (request, { sub = '', group = '' }, around) => {
      const scope = groupId(sub, group)
      openSubscription(sub, { request, around, action: `${ACTIONS}/read`, scope })
      return { status: resourceGroups(around.world).has(scope.toLowerCase()) ? 204 : 404 }
    }
  },
  {
    method: 'PUT',
    path,
    operation: 'resourceGroups.createOrUpdate',
    apiVersions: resourceApiVersions,
    handle: (request, { sub = '', group = '' }, around) => putGroup(request, { sub, group }, around)
  }
]

export function groupId(sub: string, group: string): string {
  return `/subscriptions/${sub}/resourceGroups/${group}`
}

export function requireGroup(sub: string, group: string, { world }: Surroundings): ResourceGroupRecord {
  const found = resourceGroups(world).get(groupId(sub, group).toLowerCase())
  if (found !== undefined) return found
  throw new AzureError(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`)
}

interface GroupAddress {
  readonly sub: string
  readonly group: string
}

function putGroup(request: SimulatedRequest, at: GroupAddress, around: Surroundings): SimulatedResponse {
  const scope = groupId(at.sub, at.group)
  const { id: subscriptionId } = openSubscription(at.sub, { request, around, action: `${ACTIONS}/write`, scope })
  requireGroupName(at.group)
  const body = readJson(request)
  const location = requireRegion(body['location'], 'Microsoft.Resources/resourceGroups')
  const groups = resourceGroups(around.world)
  const known = groups.get(scope.toLowerCase())
  if (known !== undefined && known.location !== location) {
    throw new AzureError(
      409,
      'InvalidResourceGroupLocation',
      `Invalid resource group location '${location}'. ` +
        `The Resource group already exists in location '${known.location}'.`
    )
  }
  const name = known?.name ?? at.group
  const record = { id: groupId(subscriptionId, name), subscriptionId, name, location, tags: readTags(body['tags']) }
  groups.set(scope.toLowerCase(), record)
  return { status: known === undefined ? 201 : 200, json: view(record) }
}

function requireGroupName(name: string): void {
  if (/^[\p{L}\p{N}_().-]{1,90}$/u.test(name) && !name.endsWith('.')) return
  throw new AzureError(
    400,
    'InvalidParameter',
    `The provided resource group name '${name}' has these invalid characters. The name can only be a letter, digit, ` +
      "'-', '.', '(', ')' or '_', at most 90 of them, and cannot end with '.'."
  )
}

function view({ id, name, location, tags }: ResourceGroupRecord): object {
  const type = 'Microsoft.Resources/resourceGroups'
  return { id, name, type, location, tags, properties: { provisioningState: 'Succeeded' } }
}
