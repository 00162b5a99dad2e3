import { always, type Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import { keyEventTypes } from '../backups/key-event.ts'

/** What brings the events of one vault to the app. */
export interface EventsWanted {
  /** Of the vault, e.g. `westus2`: a system topic lies where its source does. */
  readonly region: string
  /** Address of the app's webhook without its query, which holds a key. */
  readonly endpoint: string
  /** ARM id of the identity that writes what cannot be delivered. */
  readonly deadLetterIdentity: string
  /** ARM id of the slot's storage account. */
  readonly deadLetterStore: string
}

/** The same as Azure shows it. */
export interface EventsSeen {
  readonly vaultName: string
  readonly resourceGroup: string
  readonly topic: TopicSeen | undefined
  readonly subscription: EventSubscriptionSeen | undefined
}

export interface TopicSeen {
  readonly name: string
  readonly region: string
  /** e.g. `Creating`, `Succeeded`. */
  readonly provisioningState: string
  /** ARM ids. */
  readonly identities: readonly string[]
}

export interface EventSubscriptionSeen {
  readonly name: string
  /** e.g. `Creating`, `Succeeded`, `AwaitingManualAction`. */
  readonly provisioningState: string
  readonly endpoint: string
  /** e.g. `CloudEventSchemaV1_0` */
  readonly schema: string
  readonly eventTypes: readonly string[]
  /** It lets only some events of these types through, or ends by itself. */
  readonly isNarrowed: boolean
  /** Absent where what cannot be delivered is lost. */
  readonly deadLetter: DeadLetterSeen | undefined
}

export interface DeadLetterSeen {
  /** ARM ids. */
  readonly identity: string
  readonly store: string
  readonly container: string
}

export const deadLetterContainer = 'dead-letters'
export const eventSchema = 'CloudEventSchemaV1_0'

/** Events only make backups come sooner: a sweep finds every change within minutes, so a person may go on without (R45). */
export const eventsChecks = (wanted: EventsWanted): readonly Check<EventsSeen>[] => [
  {
    code: 'events-topic',
    requirement: 'R45',
    expected: `a system topic in ${wanted.region} with the identity ${lastOf(wanted.deadLetterIdentity)}`,
    holds: ({ topic }) => topic !== undefined && isTopicFit(topic, wanted),
    describe: ({ topic }) =>
      topic === undefined
        ? 'no system topic'
        : `${topic.name} in ${topic.region}, ${topic.provisioningState}, identities: ${topic.identities.map(lastOf).join(', ') || 'none'}`,
    remedy: ({ vaultName, resourceGroup, topic }) =>
      topic === undefined
        ? `Retry: it is made again. ${afterwards}`
        : `Give the system topic of ${vaultName} that identity (az eventgrid system-topic update --name ${topic.name} ` +
          `--resource-group ${resourceGroup} --mi-user-assigned ${wanted.deadLetterIdentity}), or delete it; then retry. ${afterwards}`,
    overridable: always
  },
  {
    code: 'events-subscribed',
    requirement: 'R45',
    expected: `four key events as CloudEvents to ${wanted.endpoint}`,
    appliesTo: ({ topic }) => topic !== undefined,
    holds: ({ subscription }) => subscription !== undefined && isSubscribed(subscription, wanted),
    describe: ({ subscription }) =>
      subscription === undefined
        ? 'no event subscription'
        : `${subscription.eventTypes.length} events as ${subscription.schema} to ${subscription.endpoint}, ` +
          `${subscription.provisioningState}${subscription.isNarrowed ? ', narrowed' : ''}`,
    remedy: (seen) =>
      seen.subscription === undefined
        ? `Event Grid makes none for a webhook that does not answer it: look that the app runs and that CKEY_EVENT_ENDPOINT holds ` +
          `its present key, then retry. ${afterwards}`
        : `${deletion(seen)}. ${afterwards}`,
    overridable: always
  },
  {
    code: 'events-dead-letters',
    requirement: 'R45',
    expected: `events that cannot be delivered go to ${lastOf(wanted.deadLetterStore)}/${deadLetterContainer}`,
    appliesTo: ({ subscription }) => subscription !== undefined,
    holds: ({ subscription }) => subscription?.deadLetter !== undefined && isKept(subscription.deadLetter, wanted),
    describe: ({ subscription }) =>
      subscription?.deadLetter === undefined
        ? 'they are lost'
        : `to ${lastOf(subscription.deadLetter.store)}/${subscription.deadLetter.container} as ${lastOf(subscription.deadLetter.identity)}`,
    remedy: (seen) => `${deletion(seen)}. ${afterwards}`,
    overridable: always
  }
]

/** Whether Azure has yet to finish what it was asked for. */
export const isUnfinished = ({ topic, subscription }: Pick<EventsSeen, 'topic' | 'subscription'>): boolean =>
  [topic, subscription].some((each) => each !== undefined && ['Creating', 'Updating'].includes(each.provisioningState))

/** Whether an event subscription can be made on it. */
export const isTopicFit = ({ region, provisioningState, identities }: TopicSeen, wanted: EventsWanted): boolean =>
  provisioningState === 'Succeeded' &&
  region === wanted.region &&
  identities.some((each) => sameText(each, wanted.deadLetterIdentity))

const isSubscribed = (seen: EventSubscriptionSeen, { endpoint }: EventsWanted): boolean =>
  seen.provisioningState === 'Succeeded' &&
  sameText(seen.endpoint, endpoint) &&
  seen.schema === eventSchema &&
  !seen.isNarrowed &&
  keyEventTypes.every((type) => seen.eventTypes.some((each) => sameText(each, type)))

const isKept = ({ identity, store, container }: DeadLetterSeen, wanted: EventsWanted): boolean =>
  sameText(identity, wanted.deadLetterIdentity) &&
  sameText(store, wanted.deadLetterStore) &&
  container === deadLetterContainer

const deletion = ({ topic, subscription, resourceGroup }: EventsSeen): string =>
  `Delete it (az eventgrid system-topic event-subscription delete --name ${subscription?.name ?? ''} --system-topic-name ` +
  `${topic?.name ?? ''} --resource-group ${resourceGroup}), then retry: it is made again`

const afterwards = 'After the hand-off: docs/runbooks/events-subscribed.md.'

const lastOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)
