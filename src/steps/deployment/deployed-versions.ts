/** By which version each type is asked: those that infra/ deploys by, which a test compares. */
export const deployedVersions = {
  'Microsoft.Resources/resourceGroups': '2025-04-01',
  'Microsoft.Web/sites': '2025-03-01',
  'Microsoft.Storage/storageAccounts': '2026-09-01',
  'Microsoft.Authorization/locks': '2020-05-01',
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.Insights/diagnosticSettings': '2021-05-01-preview',
  'Microsoft.Insights/scheduledQueryRules': '2026-03-01',
  'Microsoft.Insights/activityLogAlerts': '2026-01-01',
  'Microsoft.Insights/metricAlerts': '2026-01-01',
  'Microsoft.Insights/webtests': '2022-06-15',
  'Microsoft.Insights/actionGroups': '2023-01-01',
  'Microsoft.Communication/communicationServices': '2026-03-18',
  'Microsoft.Communication/emailServices': '2026-03-18',
  'Microsoft.Network/privateEndpoints': '2026-03-01',
  'Microsoft.Network/privateDnsZones': '2024-06-01',
  'Microsoft.EventGrid/systemTopics': '2025-02-15'
} as const

export type DeployedType = keyof typeof deployedVersions
