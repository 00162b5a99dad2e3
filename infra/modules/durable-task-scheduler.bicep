// The other backend for orchestrations. Only settings differ: the app is the same.

param location string
param namePrefix string
param principalId string
param clientId string
param tags object

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: 'dts-${toLower(namePrefix)}-ck-${take(uniqueString(resourceGroup().id), 6)}'
  location: location
  tags: tags
  properties: { sku: { name: 'Consumption' }, ipAllowlist: ['0.0.0.0/0'] }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: 'CustomerKey'
}

var dataContributor = loadJsonContent('../built-in-roles.json').schedulerData.id

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: scheduler
  name: guid(scheduler.id, principalId, dataContributor)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dataContributor)
  }
}

@description('Over host.json: https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values')
output appSettings object = {
  AzureFunctionsJobHost__extensions__durableTask__hubName: hub.name
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER'
  DURABLE_TASK_SCHEDULER: 'Endpoint=${scheduler.properties.endpoint};Authentication=ManagedIdentity;ClientID=${clientId}'
}
