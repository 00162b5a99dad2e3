// Who is told, and of what. Each query looks for a line that src/activities writes; a failed orchestration tells itself.

param location string
param namePrefix string
param insightsId string
param insightsName string

@description('Of the app, where Azure itself named it: known before anything is deployed.')
param appUrl string

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

// What each is about is a dimension, so that a second one is told while the first still stands.
var lineOf = 'traces | where message startswith'
var alerts = [
  {
    name: 'sla-breach'
    says: 'The business days that the deployment gives Microsoft (CKEY_SLA_BUSINESS_DAYS) are over and a subscription is not Registered.'
    severity: 2
    query: '${lineOf} "sla-breach " | extend about = extract("onboarding=([^ ]+)", 1, message)'
    window: 'PT15M'
  }
  {
    name: 'finding'
    says: 'A check failed: the onboarding waits for an operator.'
    severity: 3
    query: '${lineOf} "finding " | extend about = extract("code=([^ ]+)", 1, message)'
    window: 'PT15M'
  }
  {
    name: 'backup-lag'
    says: 'A key changed half an hour ago and has no backup of its present state, or cannot be looked at.'
    severity: 1
    query: '${lineOf} "backup-lag " | where toint(extract("seconds=([0-9]+)", 1, message)) > 1800 or toint(extract("unknown=([0-9]+)", 1, message)) > 0 | extend about = extract("vault=([^ ]+)", 1, message)'
    window: 'PT15M'
  }
  {
    name: 'dead-letters'
    says: 'Event Grid gave up events of keys: they lie in a slot’s store, or that cannot be looked at. Backups come with the sweep.'
    severity: 2
    query: '${lineOf} "dead-letters " | extend about = extract("slot=([^ ]+)", 1, message)'
    window: 'PT15M'
  }
  {
    name: 'mail-failed'
    says: 'A mail to people did not arrive. Nothing waits for it: the onboarding goes on, and shows it among its steps.'
    severity: 3
    query: '${lineOf} "mail-failed " | extend about = extract("onboarding=([^ ]+)", 1, message)'
    window: 'PT15M'
  }
  {
    name: 'failed-orchestration'
    says: 'An orchestration failed: its worker died, or the app could not go on with it. An onboarding is taken over by itself.'
    severity: 3
    query: 'requests | where name startswith "orchestration:" and success == false | extend about = name'
    window: 'PT15M'
  }
  {
    name: 'no-sweep'
    says: 'No sweep began in the last hour: the app does not run, or cannot tell. Keys are not looked after, and nothing else would say so.'
    severity: 1
    query: '${lineOf} "sweep " | summarize sweeps = count() | where sweeps == 0 | extend about = "sweep"'
    window: 'PT1H' // CKEY_SWEEP_SCHEDULE is ten minutes; a rarer one than each half hour wants another window
  }
]

// Told once, and again only after it was over: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview#stateful-alerts
resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [for alert in alerts: {
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
    windowSize: alert.window
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
    actions: { actionGroups: [people.id] }
  }
}]

// From outside, where nothing of the app has to work for it to be told.
// https://learn.microsoft.com/azure/azure-monitor/app/availability
resource health 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'test-${toLower(namePrefix)}-ck-health'
  location: location
  // By this tag Azure finds the component it belongs to.
  tags: union(tags, { 'hidden-link:${resourceId('Microsoft.Insights/components', insightsName)}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'test-${toLower(namePrefix)}-ck-health'
    Name: 'Customer Key: health'
    Kind: 'standard'
    Enabled: true
    Frequency: 900
    Timeout: 120 // a first request may wait for a start
    RetryEnabled: true
    Locations: [{ Id: 'us-va-ash-azr' }, { Id: 'emea-nl-ams-azr' }, { Id: 'apac-sg-sin-azr' }]
    Request: { RequestUrl: '${appUrl}/api/health', HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
  }
}

resource unreachable 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: 'alert-${toLower(namePrefix)}-ck-unreachable'
  location: 'global'
  tags: tags
  properties: {
    description: 'The app does not answer at /api/health from two of three places.'
    severity: 1
    enabled: true
    scopes: [health.id, insightsId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: health.id
      componentId: insightsId
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [{ actionGroupId: people.id }]
  }
}

output peopleId string = people.id
