// Who of a slot is told at once when somebody changes what its key rests on. By Azure itself, so that it does not need the app: the
// Activity Log of the slot's subscription, https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-types#activity-log-alerts.
// Operations by the names of https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations.

@allowed([1, 2])
param slot int
param namePrefix string
param emails string[]
param tags object

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${toLower(namePrefix)}-ck-slot${slot}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: slot == 1 ? 'CustomerKey1' : 'CustomerKey2' // at most 12 characters
    enabled: true
    emailReceivers: [for email in emails: { name: email, emailAddress: email, useCommonAlertSchema: true }]
  }
}

var alerts = [
  {
    name: 'roles-changed'
    says: 'Somebody was given a role in this slot’s subscription, or may take one on, or lost one. The app gives roles during the set-up alone; afterwards look who did, and whom it lets reach the vaults.'
    operations: [
      'Microsoft.Authorization/roleAssignments/write'
      'Microsoft.Authorization/roleAssignments/delete'
      'Microsoft.Authorization/roleDefinitions/write'
      'Microsoft.Authorization/roleDefinitions/delete'
      'Microsoft.Authorization/roleEligibilityScheduleRequests/write'
      'Microsoft.Authorization/roleAssignmentScheduleRequests/write'
    ]
  }
  {
    name: 'vault-changed'
    says: 'A vault or who may use its keys was changed, or a vault was deleted. Only the set-up, and drills, do that: whatever comes afterwards is looked at before anything else.'
    operations: [
      'Microsoft.KeyVault/vaults/write'
      'Microsoft.KeyVault/vaults/delete'
      'Microsoft.KeyVault/vaults/accessPolicies/write'
      'Microsoft.KeyVault/locations/deletedVaults/purge/action'
    ]
  }
  {
    name: 'registration-withdrawn'
    says: 'Somebody takes back the registration for mandatory retention, or that of Key Vault: what keeps a cancelled subscription from taking its keys along.'
    operations: [
      'Microsoft.Features/providers/features/unregister/action'
      'Microsoft.Features/featureProviders/subscriptionFeatureRegistrations/delete'
      'Microsoft.KeyVault/unregister/action'
    ]
  }
  {
    name: 'watch-changed'
    says: 'What is logged of something in this slot’s subscription was changed or ended, or who is told of it. Unless the slot is deployed now, nobody may hear of what comes next.'
    operations: [
      'Microsoft.Insights/diagnosticSettings/write'
      'Microsoft.Insights/diagnosticSettings/delete'
      'Microsoft.Insights/activityLogAlerts/write'
      'Microsoft.Insights/activityLogAlerts/delete'
      'Microsoft.Insights/actionGroups/write'
      'Microsoft.Insights/actionGroups/delete'
    ]
  }
]

// https://learn.microsoft.com/azure/templates/microsoft.insights/activitylogalerts: comparisons heed no case.
resource rules 'Microsoft.Insights/activityLogAlerts@2026-01-01' = [for alert in alerts: {
  name: 'alert-${toLower(namePrefix)}-ck-slot${slot}-${alert.name}'
  location: 'global'
  tags: tags
  properties: {
    description: alert.says
    enabled: true
    scopes: [subscription().id]
    condition: {
      allOf: [
        { field: 'category', equals: 'Administrative' }
        { anyOf: map(alert.operations, operation => { field: 'operationName', equals: operation }) }
        { field: 'status', equals: 'Succeeded' }
      ]
    }
    actions: { actionGroups: [{ actionGroupId: people.id }] }
  }
}]

output peopleId string = people.id
