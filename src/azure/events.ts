import type { Reading } from '../domain/terms/reading.ts'
import type { VaultEvents, EventTarget } from '../domain/resources/event-subscription.ts'
import { isTopicFit } from '../domain/checks/events.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { vaultIdOf, vaultResourceId } from '../domain/terms/vault-id.ts'
import { createAsk, reword, type Connection } from './call.ts'
import {
  eventGridVersion as apiVersion,
  eventSubscriptionName as subscriptionName,
  requestedSubscription,
  requestedTopic
} from '../domain/checks/events-by-hand.ts'
import { subscriptionOf, topicOf } from './event-shape.ts'
import { everyPage } from './pages.ts'
import { createSendJson } from './rest.ts'
import { createSharedLooks } from './shared-looks.ts'
import { onboardingTag } from '../domain/terms/tags.ts'
import type { VaultPlace } from './vault-place.ts'

export type Events = ReturnType<typeof createEvents>

/**
 * Event Grid's side of a vault: a system topic beside it, and on it the event subscription that calls the app's webhook.
 * Over REST: the client of npm brings 190 KB of models for four calls, and asks by a version of 2022.
 */
export function createEvents(connection: Connection) {
  const ask = createAsk(connection, 'Event Grid')
  const sendJson = createSendJson(connection, `${root}/.default`)

  const listTopics = (group: string) =>
    ask('LIST system topics', (to) =>
      everyPage(
        (url) => sendJson({ method: 'GET', url }, to('systemTopics.listByResourceGroup')),
        `${group}?api-version=${apiVersion}&$top=100`
      )
    )
  const shared = createSharedLooks((group) => ({ listed: listTopics(group) }))

  /** Lists, since a vault has one topic at most and somebody else may have named it. */
  const read = async (vault: VaultPlace, look?: string): Promise<Reading<VaultEvents>> => {
    const { vaultName, resourceGroup } = vault
    const group = topicsOf(vault)
    const topics = await (look === undefined ? listTopics(group) : shared(group, look).listed)
    const topic = topics.value.find(({ properties: { source } }) => source.toLowerCase() === vaultIdOf(vault))
    if (!topic)
      return { value: { vaultName, resourceGroup, topic: undefined, subscription: undefined }, call: topics.call }
    const all = await ask('LIST event subscriptions', (to) =>
      everyPage(
        (url) => sendJson({ method: 'GET', url }, to('eventSubscriptions.listBySystemTopic')),
        `${root}${topic.id}/eventSubscriptions?api-version=${apiVersion}&$top=100`
      )
    )
    const found = all.value.find(({ name }) => name.toLowerCase() === subscriptionName)
    const value = { vaultName, resourceGroup, topic: topicOf(topic), subscription: found && subscriptionOf(found) }
    return { value, call: all.call, calls: [topics.call, all.call] }
  }

  const put = (name: Made, url: string, json: unknown): Promise<Reading<unknown>> =>
    ask(`PUT ${made[name]}`, (to) => sendJson({ method: 'PUT', url, json }, to(name)))

  return {
    /** What there is. `look`: whoever asks under the same name shares one list of the topics of a group. */
    read,

    /** Makes what is absent, as far as Azure has finished what that needs; whatever is there is left as it is. */
    make: async (
      vault: VaultPlace,
      wanted: EventTarget,
      onboardingId: string,
      requestTags: Readonly<Record<string, string>> = {}
    ): Promise<Reading<VaultEvents>> => {
      let seen: Reading<VaultEvents> = await read(vault)
      if (!seen.value.topic) {
        const tags = { ...requestTags, [onboardingTag]: onboardingId }
        await put(
          'systemTopics.createOrUpdate',
          `${topicsOf(vault)}/${vault.vaultName}-events?api-version=${apiVersion}`,
          requestedTopic(vaultResourceId(vault), wanted, tags)
        )
        seen = reword(await read(vault), asAsked)
      }
      const { topic, subscription } = seen.value
      if (!topic || subscription || !isTopicFit(topic, wanted)) return seen
      const { events } = connection.config
      if (!events) throw new Error(`Events of ${vault.vaultName} have no address to go to. Set CKEY_EVENT_ENDPOINT.`)
      const url = `${topicsOf(vault)}/${topic.name}/eventSubscriptions/${subscriptionName}?api-version=${apiVersion}`
      await put('eventSubscriptions.createOrUpdate', url, requestedSubscription(events.endpoint, wanted))
      return reword(await read(vault), asAsked)
    }
  }
}

const asAsked = (value: VaultEvents): VaultEvents => ({ ...value, asked: true })

const made = {
  'systemTopics.createOrUpdate': 'system topic',
  'eventSubscriptions.createOrUpdate': 'event subscription'
} as const

type Made = keyof typeof made

const root = publicCloud.resourceManager

const topicsOf = ({ subscriptionId, resourceGroup }: VaultPlace): string =>
  `${root}/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.EventGrid/systemTopics`
