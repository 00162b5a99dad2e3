// Communication Services with one e-mail domain. The identity app may send, and nobody has a key.

import { roleName } from '../names.bicep'

param namePrefix string
param dataLocation string
param domain string
param domainVerified bool
param principalId string
param workspaceId string
param tags object

var role = loadJsonContent('../roles.json').mail

var own = !empty(domain)

resource emails 'Microsoft.Communication/emailServices@2026-03-18' = {
  name: 'acse-${toLower(namePrefix)}-ck-${take(uniqueString(resourceGroup().id), 6)}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource senderDomain 'Microsoft.Communication/emailServices/domains@2026-03-18' = {
  parent: emails
  name: own ? domain : 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: { domainManagement: own ? 'CustomerManaged' : 'AzureManaged', userEngagementTracking: 'Disabled' }
}

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: 'acs-${toLower(namePrefix)}-ck-${take(uniqueString(resourceGroup().id), 6)}'
  location: 'global'
  tags: tags
  // A domain of one's own can be linked only once DNS has proved it.
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
    linkedDomains: own && !domainVerified ? [] : [senderDomain.id]
  }
}

// Whether each mail was sent and arrived:
// https://learn.microsoft.com/azure/communication-services/concepts/analytics/logs/email-logs
#disable-next-line use-recent-api-versions // the stable one, of 2016, knows one setting per resource and no table of its own
resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: communication
  name: 'mails'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'EmailSendMailOperational', enabled: true }
      { category: 'EmailStatusUpdateOperational', enabled: true }
    ]
  }
}

resource definition 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'customer-key-mail')
  properties: {
    roleName: roleName(role.name, namePrefix, 'app')
    description: role.description
    type: 'CustomRole'
    permissions: [{ actions: role.actions, dataActions: role.dataActions }]
    assignableScopes: [resourceGroup().id]
  }
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: communication
  name: guid(communication.id, principalId, definition.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: definition.id }
}

output name string = communication.name
output endpoint string = 'https://${communication.properties.hostName}'
output sender string = 'DoNotReply@${senderDomain.properties.mailFromSenderDomain}'

@description('What DNS of an own domain has to say, one record of each kind; empty for a domain of Azure’s.')
output dnsRecords object = own ? senderDomain.properties.verificationRecords : {}
output serviceName string = emails.name
