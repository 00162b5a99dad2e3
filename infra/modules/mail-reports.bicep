// What Communication Services reports of a mail after it took it: Event Grid brings it to the app's function `mail-event`.
// Deployed only once that function is there: Event Grid asks the app for a proof before it takes a subscription.
// https://learn.microsoft.com/azure/event-grid/communication-services-email-events

param namePrefix string
param communicationName string
param functionAppName string
param tags object

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: communicationName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'egst-${toLower(namePrefix)}-ck-mail'
  location: 'global'
  tags: tags
  properties: { source: communication.id, topicType: 'Microsoft.Communication.CommunicationServices' }
}

resource reports 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'customer-key-mail'
  properties: {
    destination: { endpointType: 'AzureFunction', properties: { resourceId: resourceId('Microsoft.Web/sites/functions', functionAppName, 'mail-event') } }
    eventDeliverySchema: 'EventGridSchema'
    filter: { includedEventTypes: ['Microsoft.Communication.EmailDeliveryReportReceived'] }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
  }
}
