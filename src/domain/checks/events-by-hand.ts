import { keyEventTypes } from '../backups/key-event.ts'
import type { EventTarget } from '../resources/event-subscription.ts'
import { publicCloud } from '../terms/clouds.ts'
import { onboardingTag } from '../terms/tags.ts'

export const deadLetterContainer = 'dead-letters'
export const eventSchema = 'CloudEventSchemaV1_0'
export const eventSubscriptionName = 'customer-key'
export const eventGridVersion = '2025-02-15'

/** What is asked for: every property explicit (DESIGN rule 6). `source`: ARM id of the vault. */
export const requestedTopic = (source: string, wanted: EventTarget, tags: Readonly<Record<string, string>>) => ({
  location: wanted.region,
  tags,
  identity: { type: 'UserAssigned', userAssignedIdentities: { [wanted.deadLetterIdentity]: {} } },
  properties: { source, topicType: 'Microsoft.KeyVault.vaults' }
})

/** `endpointUrl` holds the key: it goes into the request and nowhere else. */
export const requestedSubscription = (endpointUrl: string, { deadLetterIdentity, deadLetterStore }: EventTarget) => ({
  properties: {
    destination: {
      endpointType: 'WebHook',
      properties: { endpointUrl, maxEventsPerBatch: 1, preferredBatchSizeInKilobytes: 64 }
    },
    eventDeliverySchema: eventSchema,
    filter: { includedEventTypes: keyEventTypes },
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 },
    deadLetterWithResourceIdentity: {
      identity: { type: 'UserAssigned', userAssignedIdentity: deadLetterIdentity },
      deadLetterDestination: {
        endpointType: 'StorageBlob',
        properties: { resourceId: deadLetterStore, blobContainerName: deadLetterContainer }
      }
    }
  }
})

/** Where a topic is made by hand, and whose it then is. */
export interface MadeByHand {
  /** ARM id. */
  readonly vaultId: string
  readonly onboarding: string
}

/** The app's own two calls as commands of a shell: what they make is what the app would have made. */
export const topicCommand = (wanted: EventTarget, { vaultId, onboarding }: MadeByHand): string =>
  put(topicId(vaultId), JSON.stringify(requestedTopic(vaultId, wanted, { [onboardingTag]: onboarding })))

/** The key of the webhook is read where it stands, and is on no page. */
export function subscriptionCommand(wanted: EventTarget, { vaultId }: MadeByHand, topicName?: string): string {
  const [host = ''] = wanted.endpoint.replace('https://', '').split('/', 1)
  const app = `az functionapp list --query "[?defaultHostName=='${host}'].id" --output tsv`
  const endpoint =
    `endpoint=$(az functionapp config appsettings list --ids "$(${app})" ` +
    `--query "[?name=='CKEY_EVENT_ENDPOINT'].value" --output tsv)`
  const body = JSON.stringify(requestedSubscription(`'"$endpoint"'`, wanted)).replaceAll(String.raw`\"`, '"')
  return `${endpoint} && ${put(`${topicId(vaultId, topicName)}/eventSubscriptions/${eventSubscriptionName}`, body)}`
}

const topicId = (vaultId: string, name = `${vaultId.slice(vaultId.lastIndexOf('/') + 1)}-events`): string =>
  vaultId.replace(/Microsoft\.KeyVault\/.*$/i, `Microsoft.EventGrid/systemTopics/${name}`)

const put = (id: string, body: string): string =>
  `az rest --method put --url "${publicCloud.resourceManager}${id}?api-version=${eventGridVersion}" --body '${body}'`
