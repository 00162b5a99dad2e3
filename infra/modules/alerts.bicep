// Who is told, and of what. Each query looks for a line that src/activities writes; a failed orchestration tells itself.

param location string
param namePrefix string
param insightsId string
param emails string[]
param tags object

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${toLower(namePrefix)}-ck'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'CustomerKey'
    enabled: true
    emailReceivers: [for email in emails: { name: email, emailAddress: email, useCommonAlertSchema: true }]
  }
}

var alerts = [
  {
    name: 'sla-breach'
    says: 'The business days that the deployment gives Microsoft (CKEY_SLA_BUSINESS_DAYS) are over and a subscription is not Registered.'
    severity: 2
    query: 'traces | where message startswith "sla-breach "'
  }
  {
    name: 'finding'
    says: 'A check failed: the onboarding waits for an operator.'
    severity: 3
    query: 'traces | where message startswith "finding "'
  }
  {
    name: 'backup-lag'
    says: 'A key changed half an hour ago and has no backup of its present state, or cannot be looked at.'
    severity: 1
    query: 'traces | where message startswith "backup-lag " | where toint(extract("seconds=([0-9]+)", 1, message)) > 1800 or toint(extract("unknown=([0-9]+)", 1, message)) > 0'
  }
  {
    name: 'dead-letters'
    says: 'Event Grid gave up events of keys: they lie in a slot’s store, or that cannot be looked at. Backups come with the sweep.'
    severity: 2
    query: 'traces | where message startswith "dead-letters "'
  }
  {
    name: 'mail-failed'
    says: 'A mail to people did not arrive. Nothing waits for it: the onboarding goes on, and shows it among its steps.'
    severity: 3
    query: 'traces | where message startswith "mail-failed "'
  }
  {
    name: 'failed-orchestration'
    says: 'An orchestration failed: its worker died, or the app could not go on with it. An onboarding is taken over by itself.'
    severity: 3
    query: 'requests | where name startswith "orchestration:" and success == false'
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in alerts: {
  name: 'alert-${toLower(namePrefix)}-ck-${alert.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'Customer Key: ${alert.name}'
    description: alert.says
    severity: alert.severity
    enabled: true
    scopes: [insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [{ query: alert.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 }]
    }
    autoMitigate: false
    // That line comes with each sweep until a person has taken them away.
    muteActionsDuration: alert.name == 'dead-letters' ? 'P1D' : null
    actions: { actionGroups: [people.id] }
  }
}]

output peopleId string = people.id
