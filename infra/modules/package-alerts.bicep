// Who is told when somebody else than a deployment writes the code, or prepares to. Two kinds, because Azure records it in two
// places: blobs in the account's own log, whose table is https://learn.microsoft.com/azure/azure-monitor/reference/tables/storagebloblogs;
// roles, settings and logs in the Activity Log: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#activity-log-alerts

param location string
param namePrefix string
param workspaceId string

@description('The account of the package.')
param accountName string

@description('Of the identity deployment, by which the platform uploads.')
param principalId string

param functionAppId string

@description('The account of the ledger, and who alone writes it.')
param recordsName string
param appPrincipalId string
param peopleId string
param tags object

// Refused writes too, where somebody signed in: code of the app that tries.
var writes = 'StorageBlobLogs | where AccountName == "${accountName}" | where Category in ("StorageWrite", "StorageDelete") | where StatusCode startswith "2" or AuthenticationType == "OAuth"'

var logged = [
  {
    name: 'package-written'
    says: 'The app’s package was written as a deployment does. If nobody deploys now, whatever runs is not ours: stop the app, look at the versions of the blob.'
    severity: 2
    query: '${writes} | where RequesterObjectId == "${principalId}"'
  }
  {
    name: 'package-written-by-other'
    says: 'Somebody who deploys nothing wrote the app’s package, or tried. Whoever can runs as both slots: stop the app, look at the versions of the blob.'
    severity: 0
    query: '${writes} | where RequesterObjectId != "${principalId}"'
  }
  {
    name: 'ledger-written-by-other'
    says: 'Somebody else than the app wrote in the ledger, or tried: an answer that nobody gave. Compare with what people say they answered, and look who holds roles on the records account.'
    severity: 0
    query: 'StorageBlobLogs | where AccountName == "${recordsName}" | where Category in ("StorageWrite", "StorageDelete") | where tostring(split(parse_url(Uri).Path, "/")[1]) == "ledger" | where RequesterObjectId != "${appPrincipalId}"'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [for alert in logged: {
  name: 'alert-${toLower(namePrefix)}-ck-${alert.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Customer Key: ${alert.name}'
    description: alert.says
    severity: alert.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      allOf: [{ query: alert.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
    }
    // Each write is told of by itself: what was written twice must not count as one.
    autoMitigate: false
    // The table is there from the first line on.
    skipQueryValidation: true
    actions: { actionGroups: [peopleId] }
  }
}]

var administrative = [
  {
    name: 'role-given'
    says: 'Somebody was given a role in the app’s subscription. A deployment gives and takes the one that writes the package; any other that reaches it, or an identity of the app, is a way to both slots.'
    operation: 'Microsoft.Authorization/roleAssignments/write'
    scope: subscription().id
  }
  {
    name: 'app-changed'
    says: 'The function app was changed: where its package lies, or which identities it has. Look who did, unless somebody provisions now.'
    operation: 'Microsoft.Web/sites/write'
    scope: functionAppId
  }
  {
    name: 'log-changed'
    says: 'What is logged of a resource in the app’s group was changed: without the log of the package nobody hears of a write.'
    operation: 'Microsoft.Insights/diagnosticSettings/write'
    scope: resourceGroup().id
  }
  {
    name: 'log-removed'
    says: 'What is logged of a resource in the app’s group is logged no more: without the log of the package nobody hears of a write.'
    operation: 'Microsoft.Insights/diagnosticSettings/delete'
    scope: resourceGroup().id
  }
]

resource activities 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [for alert in administrative: {
  name: 'alert-${toLower(namePrefix)}-ck-${alert.name}'
  location: 'global'
  tags: tags
  properties: {
    description: alert.says
    enabled: true
    scopes: [alert.scope]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { field: 'operationName', equals: alert.operation }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: peopleId }] }
  }
}]
