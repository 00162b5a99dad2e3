import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface Predicted {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly properties: Record<string, unknown>
}
const predicted = (name: string): readonly Predicted[] =>
  (JSON.parse(readFileSync(`infra/snapshots/${name}.snapshot.json`, 'utf8')) as { predictedResources: Predicted[] })
    .predictedResources

// Held to the templates by snapshots.test.ts.
const open = predicted('main')
const closed = predicted('main-vnet')
const slot = predicted('slot-with-roles')
const ofType = (resources: readonly Predicted[], type: string) => resources.filter((each) => each.type === type)

const accounts = 'Microsoft.Storage/storageAccounts'
const endpoints = 'Microsoft.Network/privateEndpoints'

interface Connection {
  readonly properties: { readonly privateLinkServiceId: string; readonly groupIds: readonly string[] }
}
const connections = (by: 'privateLinkServiceConnections' | 'manualPrivateLinkServiceConnections') =>
  ofType(closed, endpoints).flatMap(({ name, properties }) =>
    ((properties[by] ?? []) as readonly Connection[]).map((connection) => ({ name, ...connection.properties }))
  )

describe('networking', () => {
  test('public is the default, and makes no network', () => {
    expect(open.filter(({ type }) => type.startsWith('Microsoft.Network'))).toEqual([])
    expect(ofType(open, accounts).map(({ properties }) => properties['publicNetworkAccess'])).toEqual([
      'Enabled',
      'Enabled',
      'Enabled'
    ])
  })

  test('vnet closes every store to the public network, a slot’s too', () => {
    const stores = [...ofType(closed, accounts), ...ofType(slot, accounts)]
    expect(stores.map(({ properties }) => properties['publicNetworkAccess'])).toEqual(stores.map(() => 'Disabled'))
    expect(stores).toHaveLength(4)
  })

  // Durable Functions keeps its hub in blobs, queues and tables; the package, the records and the ledger are blobs.
  test('vnet leads to each service of each store that the app uses', () => {
    const names = connections('privateLinkServiceConnections').map(({ name, groupIds }) => [
      name.replace(/^pep-contock(host|depl|reco)\w+-/, '$1 '),
      groupIds
    ])
    expect(names).toEqual([
      ['host blob', ['blob']],
      ['host queue', ['queue']],
      ['host table', ['table']],
      ['depl blob', ['blob']],
      ['reco blob', ['blob']]
    ])
  })

  test('of a slot’s store the app only asks: that slot’s administrator decides', () => {
    const asked = connections('manualPrivateLinkServiceConnections')
    expect(asked.map(({ privateLinkServiceId }) => privateLinkServiceId)).toEqual([
      expect.stringMatching(
        /^\/subscriptions\/0{8}-0000-4000-8000-0{11}1\/resourceGroups\/rg-contoso-ck-slot1-store\/.*\/contosock1\w+$/
      ),
      expect.stringMatching(
        /^\/subscriptions\/0{8}-0000-4000-8000-0{11}2\/resourceGroups\/rg-contoso-ck-slot2-store\/.*\/contosock2\w+$/
      )
    ])
    const urls = ofType(closed, 'Microsoft.Web/sites/config')
      .map(({ properties }) => properties)
      .find((settings) => 'CKEY_SLOT1_STORE_URL' in settings)
    for (const [index, { privateLinkServiceId }] of asked.entries())
      expect(urls?.[`CKEY_SLOT${index + 1}_STORE_URL`]).toContain(privateLinkServiceId.split('/').at(-1))
    const source = readFileSync('infra/modules/slot-store.bicep', 'utf8')
    for (const what of ['connectionList', 'connectionApproval'])
      expect(source).toMatch(new RegExp(`^output ${what} string = 'az network private-endpoint-connection `, 'm'))
  })

  test('every endpoint has its name in the zone of its service, and the network knows that zone', () => {
    const zones = ofType(closed, 'Microsoft.Network/privateDnsZones').map(({ name }) => /, '(\w+)', /.exec(name)?.[1])
    expect(zones).toEqual(['blob', 'queue', 'table'])
    const links = ofType(closed, 'Microsoft.Network/privateDnsZones/virtualNetworkLinks')
    expect(links.map(({ name, properties }) => [/'(\w+)', environment/.exec(name)?.[1], properties])).toEqual(
      zones.map((zone) => [
        zone,
        {
          registrationEnabled: false,
          virtualNetwork: { id: expect.stringMatching(/virtualNetworks\/vnet-contoso-ck$/) }
        }
      ])
    )
    const named = ofType(closed, `${endpoints}/privateDnsZoneGroups`).map(({ name, properties }) => {
      const [{ properties: config }] = properties['privateDnsZoneConfigs'] as [
        { properties: { privateDnsZoneId: string } }
      ]
      return [/-(\w+)\/default$/.exec(name)?.[1], /, '(\w+)', environment/.exec(config.privateDnsZoneId)?.[1]]
    })
    expect(named).toHaveLength(ofType(closed, endpoints).length)
    for (const [endpoint, zone] of named) expect(zone).toBe(endpoint)
  })

  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#enable-virtual-network-integration: a subnet of its own,
  // up to 40 addresses; the delegation is the plan's.
  test('the app has a subnet of its own, delegated as Flex Consumption wants it and large enough', () => {
    const [network] = ofType(closed, 'Microsoft.Network/virtualNetworks')
    const subnets = network?.properties['subnets'] as readonly {
      readonly name: string
      readonly properties: { readonly addressPrefix: string; readonly delegations?: readonly unknown[] }
    }[]
    expect(subnets.map(({ name, properties: { delegations = [] } }) => [name, delegations.length])).toEqual([
      ['app', 1],
      ['stores', 0]
    ])
    expect(subnets[0]?.properties.delegations).toMatchObject([
      { properties: { serviceName: 'Microsoft.App/environments' } }
    ])
    // Five of each subnet are Azure's: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
    for (const { properties } of subnets) {
      const length = Number(properties.addressPrefix.split('/')[1])
      expect(2 ** (32 - length) - 5).toBeGreaterThanOrEqual(40)
    }
    for (const { properties } of ofType(closed, endpoints))
      expect(JSON.stringify(properties['subnet'])).toMatch(/subnets\/stores"/)
    const [site] = ofType(closed, 'Microsoft.Web/sites')
    expect(String(site?.properties['virtualNetworkSubnetId'])).toContain("'appSubnetId'")
  })

  test('people and Event Grid reach the app as before: only stores are closed', () => {
    expect(ofType(closed, 'Microsoft.Web/sites')[0]?.properties['publicNetworkAccess']).toBeUndefined()
    expect(ofType(closed, 'Microsoft.KeyVault/vaults')).toEqual([])
  })
})
