// The audit log of one vault, to the slot's own workspace and in the table of its own (AZKVAuditLogs), which slot-log.bicep asks.

param vaultName string
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = { name: vaultName }

#disable-next-line use-recent-api-versions // the stable one, of 2016, knows one setting per resource and no table of its own
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}
