import type {
  Topic,
  EventSubscription,
  DeadLetterPlace,
  VaultEvents,
  EventTarget
} from '../resources/event-subscription.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { publicCloud } from '../terms/clouds.ts'
import { sameText } from '../terms/same-text.ts'
import { keyEventTypes } from '../backups/key-event.ts'
import {
  deadLetterContainer,
  eventGridVersion,
  eventSchema,
  subscriptionCommand,
  topicCommand,
  type MadeByHand
} from './events-by-hand.ts'

/** Where the events of a vault are to go, and how where the app makes nothing: it may not once its set-up role is taken back. */
export interface EventsExpected extends EventTarget {
  readonly byHand?: MadeByHand
}

const look = [
  'az eventgrid system-topic event-subscription show --name customer-key --system-topic-name VAULT-events --resource-group GROUP'
]
const afterwards =
  `${retried} Events or not, the sweep finds every change within ten minutes. After the hand-off the app may change nothing: lend ` +
  'it the role by deploying `infra/slot.bicep` with `settingUp=true` and `policiesLocked=true`, and hand the vault over once more ' +
  '(`POST /api/vaults` with slot, tenantId, vaultId and workload). Then take the role back by the command in the deployment’s output ' +
  '`removeSetupCommand`: deploying with `settingUp=false` would not. The next sweep finds nothing any more.'

const soundTopic: Topic = {
  name: 'VAULT-events',
  region: 'region',
  provisioningState: 'Succeeded',
  identities: ['IDENTITY']
}
const soundSubscription: EventSubscription = {
  name: 'customer-key',
  provisioningState: 'Succeeded',
  endpoint: 'ENDPOINT',
  schema: eventSchema,
  eventTypes: keyEventTypes,
  isNarrowed: false,
  deadLetter: { identity: 'IDENTITY', store: 'STORE', container: deadLetterContainer }
}
const broken = (change: Partial<VaultEvents>) => ({
  observed: {
    vaultName: 'VAULT',
    resourceGroup: 'GROUP',
    topic: soundTopic,
    subscription: soundSubscription,
    ...change
  },
  expected: { region: 'region', endpoint: 'ENDPOINT', deadLetterIdentity: 'IDENTITY', deadLetterStore: 'STORE' }
})

function byHand(change: Partial<VaultEvents>) {
  const { observed, expected } = broken(change)
  const vaultId = '/subscriptions/SUB/resourceGroups/GROUP/providers/Microsoft.KeyVault/vaults/VAULT'
  return {
    where: 'once the app may set up nothing any more',
    observed,
    expected: { ...expected, byHand: { vaultId, onboarding: 'ONBOARDING' } }
  }
}

/** Events only make backups come sooner: a sweep finds every change within minutes, so a person may go on without (R45). */
export const eventsChecks: readonly Check<VaultEvents, EventsExpected>[] = [
  {
    code: 'events-topic',
    requirement: 'R45',
    on: 'vault',
    expected: ({ region, deadLetterIdentity }) =>
      `a system topic in ${region} with the identity ${lastOf(deadLetterIdentity)}`,
    holds: ({ topic }, expected) => topic !== undefined && isTopicFit(topic, expected),
    describe: ({ topic, refusal }) =>
      topic === undefined
        ? `no system topic${why(refusal)}`
        : `${topic.name} in ${topic.region}, ${topic.provisioningState}, identities: ${topic.identities.map(lastOf).join(', ') || 'none'}`,
    overridable: true,
    means:
      'The vault has no Event Grid system topic, or it lies in another region, is not ready, or does not hold the identity that ' +
      'writes dead letters. Without it nobody tells the app of a change: only the sweep finds it.',
    look: [
      'az eventgrid system-topic list --resource-group GROUP --query ' +
        '"[].{name:name, source:source, state:provisioningState, identities:keys(identity.userAssignedIdentities)}"'
    ],
    cure: ({ vaultName, resourceGroup, topic, refusal }, expected) => {
      if (topic === undefined)
        return refusal === undefined ? madeAnew(expected, ['topic', 'subscription']) : refusedCure(vaultName)
      const remove = `az eventgrid system-topic delete --name ${topic.name} --resource-group ${resourceGroup} --yes`
      return isOnlyWithoutIdentity(topic, expected)
        ? `Give the system topic of ${vaultName} that identity (${identityGiven(topic.name, resourceGroup, expected)}), then retry.`
        : `Azure allows one system topic only. If nobody needs this one, delete it (${remove}). ` +
            madeAnew(expected, ['topic', 'subscription'])
    },
    afterwards,
    broken: [
      broken({ topic: undefined }),
      broken({ topic: undefined, refusal: 'Event Grid refused (403 RequestDisallowedByPolicy)' }),
      broken({ topic: { ...soundTopic, identities: [] } }),
      broken({ topic: { ...soundTopic, provisioningState: 'Failed' } }),
      byHand({ topic: undefined })
    ]
  },
  {
    code: 'events-subscribed',
    requirement: 'R45',
    on: 'vault',
    expected: ({ endpoint }) => `four key events as CloudEvents to ${endpoint}`,
    appliesTo: ({ topic }) => topic !== undefined,
    holds: ({ subscription }, expected) => subscription !== undefined && isSubscribed(subscription, expected),
    describe: ({ subscription, refusal }) =>
      subscription === undefined
        ? `no event subscription${why(refusal)}`
        : `${subscription.eventTypes.length} events as ${subscription.schema} to ${subscription.endpoint}, ` +
          `${subscription.provisioningState}${subscription.isNarrowed ? ', narrowed' : ''}`,
    overridable: true,
    means:
      'Event Grid does not bring the vault’s four key events to this app as CloudEvents: there is no event subscription, it is not ' +
      'ready, narrowed, or leads elsewhere. Backups still come with the next sweep, at most ten minutes later. Recovering a deleted ' +
      'vault loses its event subscription; after a new system key every one must be deleted, since Azure never shows which key one ' +
      'holds.',
    look,
    cure: (observed, expected) =>
      observed.subscription === undefined
        ? 'Event Grid makes none for a webhook that does not answer it: look that the app runs and that CKEY_EVENT_ENDPOINT holds its ' +
          `present key (azd hooks run postdeploy sets it anew). ${madeAnew(expected, ['subscription'], observed.topic?.name)}`
        : madeAnewAfter(observed, expected),
    afterwards,
    broken: [
      broken({ subscription: undefined }),
      byHand({ subscription: undefined }),
      broken({ subscription: { ...soundSubscription, endpoint: 'ANOTHER' } })
    ]
  },
  {
    code: 'events-dead-letters',
    requirement: 'R45',
    on: 'vault',
    expected: ({ deadLetterStore }) =>
      `events that cannot be delivered go to ${lastOf(deadLetterStore)}/${deadLetterContainer}`,
    appliesTo: ({ subscription }) => subscription !== undefined,
    holds: ({ subscription }, expected) =>
      subscription?.deadLetter !== undefined && isKept(subscription.deadLetter, expected),
    describe: ({ subscription }) =>
      subscription?.deadLetter === undefined
        ? 'they are lost'
        : `to ${lastOf(subscription.deadLetter.store)}/${subscription.deadLetter.container} as ${lastOf(subscription.deadLetter.identity)}`,
    overridable: true,
    means:
      `Events that could not be delivered would be lost, or go somewhere else than to the container \`${deadLetterContainer}\` of the ` +
      'slot’s store. The app changes no event subscription that is there. Where Azure refuses the right one, `infra/slot.bicep` of ' +
      'the slot makes container and identity (with `policiesLocked=true` once its policies are locked, and with `settingUp=false` ' +
      'after the hand-off).',
    look: look.map((command) => `${command} --query deadLetterWithResourceIdentity`),
    cure: madeAnewAfter,
    afterwards,
    broken: [
      broken({ subscription: { ...soundSubscription, deadLetter: undefined } }),
      byHand({ subscription: { ...soundSubscription, deadLetter: undefined } })
    ]
  }
]

const why = (refusal: string | undefined): string => (refusal === undefined ? '' : `: ${refusal}`)

/** What Event Grid has against a vault's events, and a way on without them. */
export const refusedCure = (vaultName: string): string =>
  'Look whether somebody’s system topic in another resource group has the vault already, of which Azure allows one only ' +
  `(az eventgrid system-topic list --query "[?ends_with(source, '/${vaultName}')]"); whether a policy forbids it; whether the ` +
  'provider is registered (az provider register --namespace Microsoft.EventGrid --wait). Mend that and retry, or override: the ' +
  'sweep finds every change without events.'

/** Whether Azure has yet to finish what it was asked for. */
export const isUnfinished = ({
  topic,
  subscription,
  asked = false
}: Pick<VaultEvents, 'topic' | 'subscription' | 'asked'>): boolean =>
  (asked && subscription === undefined) ||
  [topic, subscription].some((each) => each !== undefined && ['Creating', 'Updating'].includes(each.provisioningState))

/** Whether an event subscription can be made on it. */
export const isTopicFit = ({ region, provisioningState, identities }: Topic, expected: EventTarget): boolean =>
  provisioningState === 'Succeeded' &&
  region === expected.region &&
  identities.some((each) => sameText(each, expected.deadLetterIdentity))

const isSubscribed = (observed: EventSubscription, { endpoint }: EventTarget): boolean =>
  observed.provisioningState === 'Succeeded' &&
  sameText(observed.endpoint, endpoint) &&
  observed.schema === eventSchema &&
  !observed.isNarrowed &&
  keyEventTypes.every((type) => observed.eventTypes.some((each) => sameText(each, type)))

const isKept = ({ identity, store, container }: DeadLetterPlace, expected: EventTarget): boolean =>
  sameText(identity, expected.deadLetterIdentity) &&
  sameText(store, expected.deadLetterStore) &&
  container === deadLetterContainer

/** The app changes none that is there. */
function madeAnewAfter({ topic, subscription, resourceGroup }: VaultEvents, expected: EventsExpected): string {
  const deletion =
    `az eventgrid system-topic event-subscription delete --name ${subscription?.name ?? ''} --system-topic-name ` +
    `${topic?.name ?? ''} --resource-group ${resourceGroup} --yes`
  return `Delete it (${deletion}). ${madeAnew(expected, ['subscription'], topic?.name)}`
}

/** While the app sets up it makes what is absent; later an administrator of the slot does, by the app's own calls. */
function madeAnew(expected: EventsExpected, what: readonly ('topic' | 'subscription')[], topicName?: string): string {
  const { byHand } = expected
  if (!byHand) return 'The app makes it with the next try: say retry.'
  const commands = what.map((each) =>
    each === 'topic' ? topicCommand(expected, byHand) : subscriptionCommand(expected, byHand, topicName)
  )
  const run = commands.join('; once that is there: ')
  return `The app may make nothing here any more. Run, as an administrator of the slot: ${run} — then retry.`
}

/** https://learn.microsoft.com/rest/api/eventgrid/controlplane/system-topics/update: `identity` is what it takes beside tags. */
function identityGiven(topic: string, resourceGroup: string, { deadLetterIdentity }: EventsExpected): string {
  const identity = { type: 'UserAssigned', userAssignedIdentities: { [deadLetterIdentity]: {} } }
  const id = `$(az eventgrid system-topic show --name ${topic} --resource-group ${resourceGroup} --query id --output tsv)`
  return (
    `az rest --method patch --url "${publicCloud.resourceManager}${id}?api-version=${eventGridVersion}" ` +
    `--body '${JSON.stringify({ identity })}'`
  )
}

const isOnlyWithoutIdentity = (topic: Topic, expected: EventTarget): boolean =>
  isTopicFit({ ...topic, identities: [expected.deadLetterIdentity] }, expected)

const lastOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)
