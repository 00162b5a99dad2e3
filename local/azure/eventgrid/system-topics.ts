import { same } from '../core/same-text.ts'
import { authorize, openSubscription } from '../arm/authorization/authorize.ts'
import { requireProvider } from '../arm/resources/providers.ts'
import { isObject, readJson, readTags } from '../arm/read-json.ts'
import { requireGroup } from '../arm/resources/resource-groups.ts'
import { vaults } from '../arm/keyvault-management/vault-record.ts'
import {
  AzureError,
  type Route,
  type SimulatedRequest,
  type SimulatedResponse,
  type Surroundings
} from '../core/service.ts'
import { assignedIdentities, systemTopics, type SystemTopicRecord } from './topic-record.ts'
import { systemTopicView } from './topic-view.ts'

export const eventGridApiVersions: readonly string[] = ['2022-06-15', '2025-02-15']
export const topicsPath = '/subscriptions/{sub}/resourceGroups/{group}/providers/Microsoft.EventGrid/systemTopics'

/** https://learn.microsoft.com/rest/api/eventgrid/controlplane/system-topics */
export const systemTopicRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: topicsPath,
    operation: 'systemTopics.listByResourceGroup',
    apiVersions: eventGridApiVersions,
    handle: (request, { sub = '', group = '' }, around) => {
      const scope = `/subscriptions/${sub}/resourceGroups/${group}`
      openSubscription(sub, { request, around, action: 'Microsoft.EventGrid/systemTopics/read', scope })
      const { id } = requireGroup(sub, group, around)
      const value = systemTopics(around.world)
        .values()
        .filter((topic) => isIn(topic.id, id))
      return { status: 200, json: { value: value.map((topic) => systemTopicView(topic, around)) } }
    }
  },
  {
    method: 'PUT',
    path: `${topicsPath}/{topic}`,
    operation: 'systemTopics.createOrUpdate',
    apiVersions: eventGridApiVersions,
    handle: (request, { sub = '', group = '', topic = '' }, around) => putTopic(request, { sub, group, topic }, around)
  }
]

export interface TopicAddress {
  readonly sub: string
  readonly group: string
  readonly topic: string
}

export const topicId = ({ sub, group, topic }: TopicAddress): string =>
  `/subscriptions/${sub}/resourceGroups/${group}/providers/Microsoft.EventGrid/systemTopics/${topic}`

function putTopic(request: SimulatedRequest, address: TopicAddress, around: Surroundings): SimulatedResponse {
  const id = topicId(address)
  const { id: subscriptionId } = openSubscription(address.sub, {
    request,
    around,
    action: 'Microsoft.EventGrid/systemTopics/write',
    scope: id
  })
  requireProvider(address.sub, 'Microsoft.EventGrid', around)
  const { name: resourceGroup } = requireGroup(address.sub, address.group, around)
  requireTopicName(address.topic)
  const body = readJson(request)
  const { source, topicType } = isObject(body['properties']) ? body['properties'] : {}
  const vault = requireSource(source, topicType, around)
  if (shortRegion(body['location']) !== vault.location) {
    throw invalid(
      `The location '${String(body['location'])}' of the system topic must be that of its source, '${vault.location}'.`
    )
  }
  requireOnly(vault.id, id, around)
  const identities = readIdentities(body['identity'], { request, around })
  const present = systemTopics(around.world).get(id.toLowerCase())
  // https://github.com/Azure/azure-quickstart-templates/issues/13688
  if (present && !same(present.source, vault.id)) throw invalid('System topic source cannot be modified.')
  const record: SystemTopicRecord = {
    id,
    name: address.topic,
    subscriptionId,
    resourceGroup,
    location: vault.location,
    tags: readTags(body['tags']),
    source: vault.id,
    topicType: String(topicType),
    identities,
    readyAt: present?.readyAt ?? around.clock.now()
  }
  systemTopics(around.world).set(id.toLowerCase(), record)
  const state = present === undefined ? 'Creating' : 'Succeeded'
  return { status: present === undefined ? 201 : 200, json: systemTopicView(record, around, state) }
}

/** Of the many kinds of sources only vaults are here. */
function requireSource(source: unknown, topicType: unknown, { world }: Surroundings) {
  if (typeof topicType !== 'string' || topicType.toLowerCase() !== 'microsoft.keyvault.vaults') {
    throw invalid(`The topic type '${String(topicType)}' is not simulated: it must be Microsoft.KeyVault.vaults.`)
  }
  const name = /\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/i.exec(String(source))?.[1] ?? ''
  const vault = vaults(world).get(name.toLowerCase())
  if (vault?.id.toLowerCase() === String(source).toLowerCase()) return vault
  throw invalid(`The source '${String(source)}' of the system topic does not exist.`)
}

/** https://learn.microsoft.com/azure/event-grid/system-topics */
function requireOnly(source: string, id: string, { world }: Surroundings): void {
  const other = systemTopics(world)
    .values()
    .find((topic) => same(topic.source, source) && !same(topic.id, id))
  if (other !== undefined)
    // In the words of https://github.com/TaoYang-Cloud/azure.policy.monitor/issues/12
    throw invalid(
      `There is an existing tracked system topic for the given source ${source}. Only one system topic is allowed per source.`
    )
}

/** Whoever hands an identity to a resource must be allowed to. */
export function readIdentities(
  value: unknown,
  { request, around }: { readonly request: SimulatedRequest; readonly around: Surroundings }
): string[] {
  const { type = 'None', userAssignedIdentities } = isObject(value) ? value : {}
  const ids = isObject(userAssignedIdentities) ? Object.keys(userAssignedIdentities) : []
  if (type !== (ids.length === 0 ? 'None' : 'UserAssigned'))
    throw invalid(`The identity type '${String(type)}' does not fit the identities given.`)
  for (const id of ids) {
    authorize({ request, around, action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action', scope: id })
    if (!assignedIdentities(around.world).has(id.toLowerCase()))
      throw invalid(`The identity '${id}' could not be found.`)
  }
  return ids
}

function requireTopicName(name: string): void {
  if (!/^[a-z0-9-]{3,128}$/i.test(name))
    throw invalid(`The system topic name '${name}' may have letters, digits and '-' only.`)
}

const shortRegion = (location: unknown): string => String(location).replaceAll(' ', '').toLowerCase()

const isIn = (id: string, group: string): boolean => id.toLowerCase().startsWith(`${group.toLowerCase()}/`)
const invalid = (message: string): AzureError => new AzureError(400, 'InvalidRequest', message)
