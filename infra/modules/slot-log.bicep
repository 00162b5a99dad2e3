// What is done in a slot, in a workspace of that slot alone: whoever owns one workspace can mute no other slot. Written by the slot's
// administrator, who deploys this; the app's identities have no right to it.

import { slotStoreName } from '../names.bicep'

@allowed([1, 2])
param slot int
param location string
param namePrefix string

@description('Of the slot’s identity: who writes backups and evidence.')
param principalId string

@description('Object ids of people whose reading of backups is no news.')
param expectedReaders string[]
param peopleId string
param tags object

var accountName = slotStoreName(namePrefix, slot, subscription().subscriptionId)

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: 'log-${toLower(namePrefix)}-ck-slot${slot}'
  location: location
  tags: tags
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 90, features: { disableLocalAuth: true } }
}

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' existing = { name: accountName }
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' existing = { parent: account, name: 'default' }

// https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-storage-storageaccounts-blobservices-logs
#disable-next-line use-recent-api-versions // the stable one, of 2016, knows one setting per resource and no table of its own
resource storeLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'all-access'
  properties: {
    workspaceId: workspace.id
    logs: [for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: { category: category, enabled: true }]
  }
}

// Operations: https://learn.microsoft.com/azure/key-vault/general/logging; columns: the reference of each table,
// https://learn.microsoft.com/azure/azure-monitor/reference/tables/azkvauditlogs and …/tables/storagebloblogs
var store = 'StorageBlobLogs | where AccountName == "${accountName}" | extend container = tostring(split(parse_url(Uri).Path, "/")[1])'
var expected = join(union([principalId], expectedReaders), '", "')
var alerts = [
  {
    name: 'key-deleted'
    says: 'Somebody deleted or purged a key or a vault of this slot, or tried. Data in Microsoft 365 is wrapped with these keys: docs/operate.md, the worst hour.'
    severity: 0
    query: 'AZKVAuditLogs | where OperationName in ("KeyDelete", "KeyPurge", "VaultDelete", "VaultPurge") | extend about = _ResourceId'
  }
  {
    name: 'backups-read'
    says: 'Somebody read a backup of a key who is not expected to. With it, and a vault in the same geography and subscription, the key can be restored.'
    severity: 1
    query: '${store} | where OperationName == "GetBlob" and container == "backups" | where RequesterObjectId !in ("${expected}") | extend about = RequesterObjectId'
  }
  {
    name: 'store-written'
    says: 'Somebody else than the slot’s identity wrote or deleted backups or evidence, or tried. What is locked stays; what was added is not the app’s.'
    severity: 1
    query: '${store} | where Category in ("StorageWrite", "StorageDelete") and container in ("backups", "evidence") | where RequesterObjectId != "${principalId}" | extend about = RequesterObjectId'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [for alert in alerts: {
  name: 'alert-${toLower(namePrefix)}-ck-slot${slot}-${alert.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Customer Key slot ${slot}: ${alert.name}'
    description: alert.says
    severity: alert.severity
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT10M' // what is logged comes some minutes late
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [{ name: 'about', operator: 'Include', values: ['*'] }]
        }
      ]
    }
    autoMitigate: true
    skipQueryValidation: true // tables are there from their first line on
    actions: { actionGroups: [peopleId] }
  }
}]

output workspaceId string = workspace.id
