// What `networking=vnet` adds: a network that the app sends everything through, and in it an address of each store that is closed to all
// others. docs/decisions/0148-one-networking-choice.md has sources.

param location string
param namePrefix string

@description('At least a /25, which nothing that will be peered with it uses.')
param addresses string

@description('`{ name, id, groups }` of each store of ours: groups are its services, blob, queue or table.')
param stores array

@description('The same of the slots’ stores. Each is somebody else’s: its administrator approves the endpoint.')
param slotStores array

param tags object

// Of its own, since a subnet has either endpoints or instances: some forty addresses for Flex Consumption, five are Azure’s.
var appSubnet = 'app'
var endpointSubnet = 'stores'

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'vnet-${toLower(namePrefix)}-ck'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addresses] }
    subnets: [
      {
        name: appSubnet
        properties: {
          addressPrefix: cidrSubnet(addresses, 26, 0)
          delegations: [{ name: 'flex-consumption', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: endpointSubnet, properties: { addressPrefix: cidrSubnet(addresses, 26, 1) } }
    ]
  }

  resource app 'subnets' existing = { name: appSubnet }
  resource endpoints 'subnets' existing = { name: endpointSubnet }
}

var services = ['blob', 'queue', 'table']

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for service in services: {
  name: 'privatelink.${service}.${environment().suffixes.storage}'
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (service, index) in services: {
  parent: zones[index]
  name: 'ck'
  location: 'global'
  tags: tags
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}]

var own = flatten(map(stores, store => map(store.groups, group => { name: '${store.name}-${group}', id: store.id, group: group })))
var others = map(slotStores, store => { name: '${store.name}-blob', id: store.id, group: 'blob' })

resource endpoints 'Microsoft.Network/privateEndpoints@2026-03-01' = [for each in own: {
  name: 'pep-${each.name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: network::endpoints.id }
    privateLinkServiceConnections: [{ name: each.group, properties: { privateLinkServiceId: each.id, groupIds: [each.group] } }]
  }
}]

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [for (each, index) in own: {
  parent: endpoints[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [{ name: each.group, properties: { privateDnsZoneId: zones[indexOf(services, each.group)].id } }]
  }
}]

// By request, not by right: whoever deploys the app has none in a slot’s subscription (R11), and the endpoint is dead until that slot’s
// administrator says yes.
resource asked 'Microsoft.Network/privateEndpoints@2026-03-01' = [for each in others: {
  name: 'pep-${each.name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: network::endpoints.id }
    manualPrivateLinkServiceConnections: [
      {
        name: each.group
        properties: {
          privateLinkServiceId: each.id
          groupIds: [each.group]
          requestMessage: 'The Customer Key app of ${toLower(namePrefix)} reaches this store by it.'
        }
      }
    ]
  }
}]

resource askedNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [for (each, index) in others: {
  parent: asked[index]
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: zones[0].id } }] }
}]

// Only once every name leads to its endpoint does the app start behind it.
output appSubnetId string = network::app.id
