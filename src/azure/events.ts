import type { Reading } from '../domain/terms/reading.ts'
import type { VaultEvents, EventTarget } from '../domain/resources/event-subscription.ts'
import { z } from 'zod'
import { isTopicFit } from '../domain/checks/events.ts'
import { publicCloud } from '../domain/terms/clouds.ts'
import { vaultIdOf, vaultResourceId } from '../domain/terms/vault-id.ts'
import { createAsk, type Connection } from './call.ts'
import {
  requestedSubscription,
  requestedTopic,
  subscriptionPage,
  subscriptionOf,
  topicPage,
  topicOf
} from './event-shape.ts'
import { everyPage, type Get } from './pages.ts'
import { createSendJson } from './rest.ts'
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

  /** Lists, since a vault has one topic at most and somebody else may have named it. */
  const read = (vault: VaultPlace): Promise<Reading<VaultEvents>> =>
    ask('LIST event subscriptions', async (options) => {
      const get: Get = (url, shape) => sendJson({ method: 'GET', url }, shape, options)
      const { vaultName, resourceGroup } = vault
      const topics = await everyPage(get, `${topicsOf(vault)}?${apiVersion}&$top=100`, topicPage)
      const topic = topics.find(({ properties: { source } }) => source.toLowerCase() === vaultIdOf(vault))
      if (!topic) return { vaultName, resourceGroup, topic: undefined, subscription: undefined }
      const all = await everyPage(get, `${root}${topic.id}/eventSubscriptions?${apiVersion}&$top=100`, subscriptionPage)
      const found = all.find(({ name }) => name.toLowerCase() === subscriptionName)
      return { vaultName, resourceGroup, topic: topicOf(topic), subscription: found && subscriptionOf(found) }
    })

  const put = (operation: string, url: string, json: unknown): Promise<Reading<unknown>> =>
    ask(operation, (options) => sendJson({ method: 'PUT', url, json }, z.unknown(), options))

  return {
    /** What there is. */
    read,

    /** Makes what is absent, as far as Azure has finished what that needs; whatever is there is left as it is. */
    make: async (vault: VaultPlace, wanted: EventTarget, onboardingId: string): Promise<Reading<VaultEvents>> => {
      let seen = await read(vault)
      if (!seen.value.topic) {
        const tags = { [onboardingTag]: onboardingId }
        await put(
          'PUT system topic',
          `${topicsOf(vault)}/${vault.vaultName}-events?${apiVersion}`,
          requestedTopic(vaultResourceId(vault), wanted, tags)
        )
        seen = await read(vault)
      }
      const { topic, subscription } = seen.value
      if (!topic || subscription || !isTopicFit(topic, wanted)) return seen
      const { events } = connection.config
      if (!events) throw new Error(`Events of ${vault.vaultName} have no address to go to. Set CKEY_EVENT_ENDPOINT.`)
      const url = `${topicsOf(vault)}/${topic.name}/eventSubscriptions/${subscriptionName}?${apiVersion}`
      await put('PUT event subscription', url, requestedSubscription(events.endpoint, wanted))
      return read(vault)
    }
  }
}

const root = publicCloud.resourceManager
const apiVersion = 'api-version=2025-02-15'
const subscriptionName = 'customer-key'

const topicsOf = ({ subscriptionId, resourceGroup }: VaultPlace): string =>
  `${root}/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.EventGrid/systemTopics`
