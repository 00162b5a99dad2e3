import { same } from '../core/same-text.ts'
import { openSubscription } from '../arm/authorization/authorize.ts'
import { isObject, readJson, readTags } from '../arm/read-json.ts'
import { AzureError, type Route, type Surroundings } from '../core/service.ts'
import { requireTopic } from './event-subscriptions.ts'
import { eventGridApiVersions as apiVersions, readIdentities, topicId, topicsPath } from './system-topics.ts'
import { eventSubscriptions, systemTopics, type SystemTopicRecord } from './topic-record.ts'
import { eventSubscriptionView, systemTopicView } from './topic-view.ts'

const TOPICS = 'Microsoft.EventGrid/systemTopics'
const path = `${topicsPath}/{topic}`

/**
 * What people ask of topics beside what the app does. Statuses: https://learn.microsoft.com/rest/api/eventgrid/controlplane/system-topics;
 * here all is done at once. That the event subscriptions of a topic go with it, no document says.
 */
export const topicChangeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/subscriptions/{sub}/providers/Microsoft.EventGrid/systemTopics',
    operation: 'systemTopics.listBySubscription',
    apiVersions,
    handle: (request, { sub = '' }, around) => {
      openSubscription(sub, { request, around, action: `${TOPICS}/read`, scope: `/subscriptions/${sub}` })
      const value = systemTopics(around.world)
        .values()
        .filter(({ subscriptionId }) => same(subscriptionId, sub))
      return { status: 200, json: { value: value.map((topic) => systemTopicView(topic, around)) } }
    }
  },
  {
    method: 'GET',
    path,
    operation: 'systemTopics.get',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '' }, around) => {
      const at = { sub, group, topic }
      openSubscription(sub, { request, around, action: `${TOPICS}/read`, scope: topicId(at) })
      return { status: 200, json: systemTopicView(requireTopic(at, around), around) }
    }
  },
  {
    method: 'PATCH',
    path,
    operation: 'systemTopics.update',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '' }, around) => {
      const at = { sub, group, topic }
      openSubscription(sub, { request, around, action: `${TOPICS}/write`, scope: topicId(at) })
      const found = requireTopic(at, around)
      const { tags, identity } = readJson(request)
      const changed: SystemTopicRecord = {
        ...found,
        ...(tags !== undefined && { tags: readTags(tags) }),
        ...(isObject(identity) && { identities: readIdentities(identity, { request, around }) })
      }
      systemTopics(around.world).set(found.id.toLowerCase(), changed)
      return { status: 200, json: systemTopicView(changed, around) }
    }
  },
  {
    method: 'DELETE',
    path,
    operation: 'systemTopics.delete',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '' }, around) => {
      const id = topicId({ sub, group, topic })
      openSubscription(sub, { request, around, action: `${TOPICS}/delete`, scope: id })
      return { status: deleteTopic(id, around) ? 200 : 204 }
    }
  },
  {
    method: 'GET',
    path: `${path}/eventSubscriptions/{name}`,
    operation: 'eventSubscriptions.get',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '', name = '' }, around) => {
      const at = { sub, group, topic }
      const scope = `${topicId(at)}/eventSubscriptions/${name}`
      openSubscription(sub, { request, around, action: `${TOPICS}/eventSubscriptions/read`, scope })
      requireTopic(at, around)
      const found = eventSubscriptions(around.world).get(scope.toLowerCase())
      if (found) return { status: 200, json: eventSubscriptionView(found, around.clock.now()) }
      // In the words of https://github.com/pulumi/pulumi-azure-native/issues/1681
      throw new AzureError(404, 'ResourceNotFound', "Event subscription doesn't exist.")
    }
  },
  {
    method: 'DELETE',
    path: `${path}/eventSubscriptions/{name}`,
    operation: 'eventSubscriptions.delete',
    apiVersions,
    handle: (request, { sub = '', group = '', topic = '', name = '' }, around) => {
      const scope = `${topicId({ sub, group, topic })}/eventSubscriptions/${name}`
      openSubscription(sub, { request, around, action: `${TOPICS}/eventSubscriptions/delete`, scope })
      const known = eventSubscriptions(around.world)
      if (!known.has(scope.toLowerCase())) return { status: 204 }
      known.delete(scope.toLowerCase())
      return { status: 200 }
    }
  }
]

/** Whether there was one. */
export function deleteTopic(id: string, { world }: Surroundings): boolean {
  if (!systemTopics(world).has(id.toLowerCase())) return false
  systemTopics(world).delete(id.toLowerCase())
  for (const each of eventSubscriptions(world).values())
    if (same(each.topicId, id)) eventSubscriptions(world).delete(each.id.toLowerCase())
  return true
}
