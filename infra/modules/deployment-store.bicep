// What is deployed, apart from all that the app may write: who can change this blob runs as both slots. The identity deployment
// reads it whenever an instance starts; to write it for a deployment it is given a role, and that one is taken away again
// (infra/package-writer.sh). Every write is in the log that package-alerts.bicep asks.

param name string
param location string

@description('Of the identity deployment.')
param principalId string

param workspaceId string
param networking string
param tags object

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: networking == 'vnet' ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }
}

// With versions: what ran before somebody wrote can be looked at.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' = {
  parent: account
  name: 'default'
  properties: { isVersioningEnabled: true, deleteRetentionPolicy: { enabled: true, days: 90 } }
}

resource package 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: 'app-package'
  properties: { publicAccess: 'None' }
}

// Writes of blobs are in no Activity Log, only here:
// https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-storage-storageaccounts-blobservices-logs
#disable-next-line use-recent-api-versions // the stable one, of 2016, knows one setting per resource and no table of its own
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'writes'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
  }
}

var reader = loadJsonContent('../built-in-roles.json').packageReader.id

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: package
  name: guid(package.id, principalId, reader)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
  }
}

output name string = account.name
output id string = account.id
output packageContainerId string = package.id
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${package.name}'
