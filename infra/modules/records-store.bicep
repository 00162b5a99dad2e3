// What belongs to no slot: tenant evidence, sent mails, the hand-off, and the ledger, which the app itself cannot change. It outlives the app.

import { roleName } from '../names.bicep'

param name string
param location string
param namePrefix string
param principalId string
param storeSku string
param workspaceId string
param ledgerRetentionDays int
param ledgerPolicyLocked bool
param networking string
param tags object

var roles = loadJsonContent('../roles.json')

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: storeSku }
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

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: { enabled: true, days: 90 }
    containerDeleteRetentionPolicy: { enabled: true, days: 90 }
  }
}

// Every write, by whomever: package-alerts.bicep tells of those of the ledger that are not the app's.
#disable-next-line use-recent-api-versions // the stable one, of 2016, knows one setting per resource and no table of its own
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'writes'
  properties: {
    workspaceId: workspaceId
    logs: [for category in ['StorageWrite', 'StorageDelete']: { category: category, enabled: true }]
  }
}

resource records 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: 'records'
  properties: { publicAccess: 'None' }
}

resource ledger 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: 'ledger'
  properties: { publicAccess: 'None', immutableStorageWithVersioning: { enabled: true } }
}

resource locks 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: 'locks'
  properties: { publicAccess: 'None' }
}

// Unlocked until a call locks it, as a slot’s are (slot-store.bicep). Nothing is ever appended to an entry.
resource ledgerPolicy 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2026-09-01' = if (!ledgerPolicyLocked) {
  parent: ledger
  name: 'default'
  properties: { immutabilityPeriodSinceCreationInDays: ledgerRetentionDays, allowProtectedAppendWrites: false }
}

// Who was erased out of a record (ckey erase) stands in its earlier version: those go soon, and for good when soft delete ends.
resource versions 'Microsoft.Storage/storageAccounts/managementPolicies@2026-09-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'earlier-versions-of-records'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['records/'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: 7 } } }
          }
        }
      ]
    }
  }
  dependsOn: [records, blobs]
}

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'customer-key-records')
  properties: {
    roleName: roleName(roles.records.name, namePrefix, 'app')
    description: roles.records.description
    type: 'CustomRole'
    permissions: [{ actions: roles.records.actions, dataActions: roles.records.dataActions }]
    assignableScopes: [resourceGroup().id]
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: records
  name: guid(records.id, principalId, definition.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: definition.id }
}

resource adding 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'customer-key-store')
  properties: {
    roleName: roleName(roles.store.name, namePrefix, 'app')
    description: roles.store.description
    type: 'CustomRole'
    permissions: [{ actions: roles.store.actions, dataActions: roles.store.dataActions }]
    assignableScopes: [resourceGroup().id]
  }
}

// On the ledger alone, and nothing else there: who may only add cannot write over (UnauthorizedBlobOverwrite).
resource ledgerAccess 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: ledger
  name: guid(ledger.id, principalId, adding.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: adding.id }
}

resource locksRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'customer-key-locks')
  properties: {
    roleName: roleName(roles.locks.name, namePrefix, 'app')
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

resource keep 'Microsoft.Authorization/locks@2020-05-01' = {
  scope: account
  name: 'keep-records'
  properties: { level: 'CanNotDelete', notes: 'Ledger, evidence and hand-off of Customer Key.' }
}

output name string = account.name
output id string = account.id
output url string = account.properties.primaryEndpoints.blob

output ledgerLockCommand string = 'az storage container immutability-policy lock --subscription ${subscription().subscriptionId} --account-name ${account.name} --container-name ledger --if-match $(az storage container immutability-policy show --subscription ${subscription().subscriptionId} --account-name ${account.name} --container-name ledger --query etag --output tsv)'
