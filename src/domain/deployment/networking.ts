import { sameText } from '../terms/same-text.ts'
import { check, deploySlot, provision, type DeployedCheck, type Lack } from './check.ts'
import type { AppFacts, SlotFacts } from './facts.ts'
import { lastName, listSaid, said, saidIn, type Resource } from './resource.ts'

/** docs/decisions/0148-one-networking-choice.md: either nothing of it is there, or all. */
export const appNetworkingCheck: DeployedCheck<AppFacts> = check<AppFacts, 'site' | 'stores' | 'network'>(
  'networking',
  ['site', 'stores', 'network'],
  ({ site, stores, network }, { subscriptionId }) => {
    const isInside = Boolean(site && said(site, 'virtualNetworkSubnetId'))
    if (!isInside) return stores.filter(isClosed).map(shutOut)
    const registration =
      network.provider === 'Registered'
        ? []
        : [
            {
              on: 'Microsoft.App',
              observed: `the subscription is ${network.provider} for it: no new instance gets into the network`,
              cure: `az provider register --namespace Microsoft.App --subscription ${subscriptionId}`
            }
          ]
    const zones = services
      .filter((service) => !network.zones.some(({ id }) => new RegExp(`/privatelink\\.${service}\\.`, 'i').test(id)))
      .map((service) => ({ on: `privatelink.${service}`, observed: 'the network has no such zone', cure: provision }))
    const open = stores
      .filter((store) => !isClosed(store))
      .map((store) => ({ on: store.name, ...isOpen, cure: provision }))
    return [
      ...registration,
      ...zones,
      ...open,
      ...network.endpoints.flatMap(dead),
      ...unreached(stores, network.endpoints)
    ]
  }
)

const services = ['blob', 'queue', 'table'] as const

const isOpen = { observed: 'it is open to the public network, and the others are not' }

const isClosed = (store: Resource): boolean => said(store, 'publicNetworkAccess') === 'Disabled'

const shutOut = ({ name: on }: Resource): Lack => ({
  on,
  observed: 'it is closed to the public network, and the app is in no other: it cannot be reached',
  cure: `azd env set CKEY_NETWORKING vnet, then ${provision}`
})

const connectionsOf = (endpoint: Resource): readonly unknown[] =>
  ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'].flatMap((kind) => listSaid(endpoint, kind))

/** Pending, rejected or disconnected. */
const dead = (endpoint: Resource): Lack[] =>
  connectionsOf(endpoint).flatMap((connection) => {
    const status = saidIn(connection, 'properties.privateLinkServiceConnectionState.status')
    if (status === 'Approved') return []
    return [
      {
        on: lastName(endpoint),
        observed: `its connection is ${typeof status === 'string' ? status : 'in no known state'}: nothing goes through it`,
        cure: 'The store’s administrator approves it: the two connectionCommands of slot.bicep'
      }
    ]
  })

/** The host's store by all its services, the others by blob. */
function unreached(stores: readonly Resource[], endpoints: readonly Resource[]): Lack[] {
  const leads = (store: Resource, group: string): boolean =>
    endpoints.some((endpoint) =>
      connectionsOf(endpoint).some((connection) => {
        const groups = saidIn(connection, 'properties.groupIds')
        return (
          sameText(String(saidIn(connection, 'properties.privateLinkServiceId')), store.id) &&
          Array.isArray(groups) &&
          groups.includes(group)
        )
      })
    )
  return stores.flatMap((store) =>
    (/ckhost/.test(store.name) ? services : (['blob'] as const))
      .filter((group) => !leads(store, group))
      .map((group) => ({ on: store.name, observed: `no endpoint leads to its ${group} service`, cure: provision }))
  )
}

/** A closed store that nothing leads to. */
export const slotNetworkingCheck: DeployedCheck<SlotFacts> = check<SlotFacts, 'stores' | 'slot'>(
  'networking',
  ['stores', 'slot'],
  ({ stores, slot }) =>
    stores.filter(isClosed).flatMap((store) => {
      const states = listSaid(store, 'privateEndpointConnections').map((each) =>
        saidIn(each, 'properties.privateLinkServiceConnectionState.status')
      )
      const waiting = states.filter((state) => state === 'Pending').length
      if (states.includes('Approved') && waiting === 0) return []
      return [
        {
          on: store.name,
          observed:
            waiting > 0
              ? 'somebody asks for a way into it, and waits for a yes'
              : 'it is closed to the public network, and no endpoint leads to it',
          cure: `The two connectionCommands of its deployment, once the app has asked (CKEY_SLOT_STORES_MADE); or open it: networking = 'public', then ${deploySlot(slot)}`
        }
      ]
    })
)
