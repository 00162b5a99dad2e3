// The store of one slot: backups and evidence that nobody can change or delete, and containers for short locks and dead letters.

import { deadLetterIdentityName, roleName, slotStoreName } from '../names.bicep'

param slot int
param principalId string
param location string
param namePrefix string
param retentionDays int
param policiesLocked bool
param networking string
param privateEndpointSubnetId string
param privateDnsZoneId string
param operatorGroupId string
param storeSku string
param tags object

var roles = loadJsonContent('../roles.json')
var private = !empty(privateEndpointSubnetId)

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: slotStoreName(namePrefix, slot, subscription().subscriptionId)
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: storeSku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: networking == 'vnet' || private ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: 90 }
    containerDeleteRetentionPolicy: { enabled: true, days: 90 }
  }
}

var immutable = ['backups', 'evidence']

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = [for name in immutable: {
  parent: blobs
  name: name
  properties: { publicAccess: 'None', immutableStorageWithVersioning: { enabled: true } }
}]

// Unlocked: only a call can lock it, within a day, or it protects nothing (docs/deploy.md). From then on it can only be
// extended, by a call of its own, and setting it fails: https://learn.microsoft.com/rest/api/storagerp/blob-containers
resource policies 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2026-09-01' = [for (name, index) in immutable: if (!policiesLocked) {
  parent: containers[index]
  name: 'default'
  properties: { immutabilityPeriodSinceCreationInDays: retentionDays, allowProtectedAppendWrites: false }
}]

resource locks 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: 'locks'
  properties: { publicAccess: 'None' }
}

// What Event Grid cannot deliver. Each vault’s system topic is given this identity; nothing else ever is.
resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: 'dead-letters'
  properties: { publicAccess: 'None' }
}

resource deadLetterIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: deadLetterIdentityName(namePrefix, slot)
  location: location
  tags: tags
}

var builtIn = loadJsonContent('../built-in-roles.json')
var blobDataContributor = builtIn.deadLetters.id // what Event Grid documents

resource deadLetterAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: deadLetters
  name: guid(deadLetters.id, deadLetterIdentity.id, blobDataContributor)
  properties: {
    principalId: deadLetterIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

// Operators read dead letters and take them away.
resource deadLetterReaders 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorGroupId)) {
  scope: deadLetters
  name: guid(deadLetters.id, operatorGroupId, blobDataContributor)
  properties: {
    principalId: operatorGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataContributor)
  }
}

resource storeRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'customer-key-store', string(slot))
  properties: {
    roleName: roleName(roles.store.name, namePrefix, 'slot ${slot}')
    description: roles.store.description
    type: 'CustomRole'
    permissions: [{ actions: roles.store.actions, dataActions: roles.store.dataActions }]
    assignableScopes: [resourceGroup().id]
  }
}

resource store 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, storeRole.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: storeRole.id }
}

resource locksRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'customer-key-locks', string(slot))
  properties: {
    roleName: roleName(roles.locks.name, namePrefix, 'slot ${slot}')
    description: roles.locks.description
    type: 'CustomRole'
    permissions: [{ actions: roles.locks.actions, dataActions: roles.locks.dataActions }]
    assignableScopes: [resourceGroup().id]
  }
}

resource lockAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: locks
  name: guid(locks.id, principalId, locksRole.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: locksRole.id }
}

var blobDataReader = builtIn.backupsReader.id

// Operators keep the offline copies (R45).
resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorGroupId)) {
  scope: containers[0]
  name: guid(account.id, operatorGroupId, blobDataReader)
  properties: {
    principalId: operatorGroupId
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataReader)
  }
}

resource keep 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: account
  name: 'keep-backups'
  properties: { level: 'CanNotDelete', notes: 'Backups of root keys. Without them a lost key is lost data.' }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2026-03-01' = if (private) {
  name: 'pep-${account.name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: privateEndpointSubnetId }
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: account.id, groupIds: ['blob'] } }
    ]
  }
}

resource endpointName 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = if (private && !empty(privateDnsZoneId)) {
  parent: endpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: privateDnsZoneId } }] }
}

// What of the app waits for the yes of this slot’s administrator is listed by the first, and approved by the second with its id.
output connectionList string = 'az network private-endpoint-connection list --subscription ${subscription().subscriptionId} --resource-group ${resourceGroup().name} --name ${account.name} --type Microsoft.Storage/storageAccounts --query "[].[id, properties.privateLinkServiceConnectionState.status, properties.privateEndpoint.id]" --output tsv'
output connectionApproval string = 'az network private-endpoint-connection approve --id CONNECTION_ID --description CustomerKey'
output url string = account.properties.primaryEndpoints.blob

output lockCommands array = [for name in immutable: 'az storage container immutability-policy lock --subscription ${subscription().subscriptionId} --account-name ${account.name} --container-name ${name} --if-match $(az storage container immutability-policy show --subscription ${subscription().subscriptionId} --account-name ${account.name} --container-name ${name} --query etag --output tsv)']
