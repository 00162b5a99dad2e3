// The app, deployed by `azd up` into a third subscription. Nothing here reaches a vault: each slot's administrator
// deploys slot.bicep into their own subscription.
targetScope = 'subscription'

import { appStoreName, deadLetterIdentityId, functionAppName, insightsName, partTag, slotStoreId, slotStoreName } from 'names.bicep'

@description('Name of the azd environment; a tag of everything.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of the app. It must offer Flex Consumption.')
param location string

@description('Starts every name, e.g. contoso. slot.bicep and the onboarding request get the same.')
@minLength(2)
@maxLength(12)
param namePrefix string

@description('Subscription of slot 1; only its store’s address is derived from it.')
@minLength(36)
@maxLength(36)
param slot1SubscriptionId string

@description('Subscription of slot 2.')
@minLength(36)
@maxLength(36)
param slot2SubscriptionId string

@description('Client id of the Entra application people sign in with; infra/consent/consent.sh makes it.')
@minLength(36)
@maxLength(36)
param signInClientId string

@description('Where Communication Services keeps mail at rest.')
param mailDataLocation string = 'United States'

@description('Domain of the sender. Empty: one of Azure’s own, which may send 5 mails a minute and 10 an hour.')
param mailDomain string = ''

@description('Whether that domain has been verified by DNS; only then can mail be sent from it.')
param mailDomainVerified bool = false

@description('Whether Azure reports to the app what became of mails; only once the app has been deployed and started.')
param mailReports bool = false

@description('Who hears of alerts: addresses with commas between them.')
param alertEmails string = ''

@description('Where orchestrations are kept: in the host’s storage, or in the Durable Task Scheduler (docs/deploy.md says when).')
@allowed(['storage', 'durable-task-scheduler'])
param durableBackend string = 'storage'

@description('When one key of each vault is restored for proof, NCRONTAB, e.g. 0 0 4 1 */3 * for quarterly. Empty: never. Each slot needs drills=true.')
param drillSchedule string = ''

@description('How the stores are reached. public: by their public names, by identities only. vnet: through a network of the app’s own, and by nobody else; Microsoft.App has to be registered first, and each slot says the same (docs/deploy.md, “Networking”).')
@allowed(['public', 'vnet'])
param networking string = 'public'

@description('Addresses of that network, at least a /25: nothing that will be peered with it may use them.')
param networkAddresses string = '10.90.0.0/24'

@description('With vnet: whether the slots’ stores are there, so that the app asks for its way to them. True once both slots have been deployed.')
param slotStoresMade bool = false

@description('Instances always ready for requests: pages and commands. 0 costs nothing for them; whoever comes first waits for a start.')
@minValue(0)
@maxValue(5)
param alwaysReady int = 0

@description('Instances always ready for orchestrations and activities. Microsoft advises 1 where they are kept in Azure Storage; it is paid for every second (docs/deploy.md). 0: whoever answers a task waits for a start.')
@minValue(0)
@maxValue(5)
param alwaysReadyDurable int = 1

@description('More app settings by their names, each as src/config/settings.ts takes it; an empty one is as good as absent. main.parameters.json fills them from azd’s environment.')
param moreSettings object = {}

@description('Authentication context of Conditional Access, c1 to c99, that a sign-in must have met to approve. Empty: none.')
param stepUp string = ''

@description('Days for which an entry of the ledger, which has object ids of people, can be neither changed nor deleted. Only ever lengthened once locked.')
@minValue(365)
@maxValue(3650)
param ledgerRetentionDays int = 1825

@description('Whether the policy of the ledger is locked. True from the lock on: Azure refuses to set a locked one again.')
param ledgerPolicyLocked bool = false

@description('Where people reach the app, for links in mails: https://… of a domain of its own. Empty: the name that Azure gives it.')
param appUrl string = ''

@description('How the records and the ledger are kept: ZRS in three zones of the region. A region without zones takes LRS or GRS. Chosen once: Azure converts between kinds with and without zones by a migration, not by another deployment.')
@allowed(['Standard_ZRS', 'Standard_GZRS', 'Standard_LRS', 'Standard_GRS'])
param storeSku string = 'Standard_ZRS'

@description('Put on everything, beside our own.')
param tags object = {}

// Of Azure Storage alone, so not in host.json: the scheduler has neither. The first is fixed for as long as the hub lives; the second is at
// most ten seconds on Flex Consumption: docs/decisions/0129-what-flex-consumption-wants.md.
var storageSettings = {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount: '4'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval: '00:00:10'
}

var hostStoreName = appStoreName(namePrefix, 'host', subscription().subscriptionId)
var deploymentStoreName = appStoreName(namePrefix, 'deploy', subscription().subscriptionId)
var recordsStoreName = appStoreName(namePrefix, 'records', subscription().subscriptionId)
var slotStores = [
  { name: slotStoreName(namePrefix, 1, slot1SubscriptionId), id: slotStoreId(namePrefix, 1, slot1SubscriptionId) }
  { name: slotStoreName(namePrefix, 2, slot2SubscriptionId), id: slotStoreId(namePrefix, 2, slot2SubscriptionId) }
]

// Values, not the groups' tags: what-if and snapshots then read them. One group alone has azd's tag: where two have it and nothing
// names the service's, azd stops after it provisioned (docs/decisions/0128-azd-finds-one-group.md).
var appTags = union(tags, partTag('app'), { 'azd-env-name': environmentName })
var recordsTags = union(tags, partTag('records'))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${toLower(namePrefix)}-ck-app'
  location: location
  tags: appTags
}

// Of its own, with a lock: the records outlive the app.
resource recordsGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${toLower(namePrefix)}-ck-records'
  location: location
  tags: recordsTags
}

module identities 'modules/identities.bicep' = {
  scope: group
  params: { location: location, namePrefix: namePrefix, tags: appTags }
}

module hostStore 'modules/host-store.bicep' = {
  scope: group
  params: {
    name: hostStoreName
    location: location
    principalId: identities.outputs.app.principalId
    networking: networking
    tags: appTags
  }
}

module deploymentStore 'modules/deployment-store.bicep' = {
  scope: group
  params: {
    name: deploymentStoreName
    location: location
    principalId: identities.outputs.deployment.principalId
    workspaceId: monitoring.outputs.workspaceId
    networking: networking
    tags: appTags
  }
}

module recordsStore 'modules/records-store.bicep' = {
  scope: recordsGroup
  params: {
    name: recordsStoreName
    location: location
    namePrefix: namePrefix
    principalId: identities.outputs.app.principalId
    storeSku: storeSku
    workspaceId: monitoring.outputs.workspaceId
    ledgerRetentionDays: ledgerRetentionDays
    ledgerPolicyLocked: ledgerPolicyLocked
    networking: networking
    tags: recordsTags
  }
}

// Its endpoints are the app’s, and go with it.
module network 'modules/network.bicep' = if (networking == 'vnet') {
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
    addresses: networkAddresses
    stores: [
      { name: hostStoreName, id: hostStore.outputs.id, groups: ['blob', 'queue', 'table'] }
      { name: deploymentStoreName, id: deploymentStore.outputs.id, groups: ['blob'] }
      { name: recordsStoreName, id: recordsStore.outputs.id, groups: ['blob'] }
    ]
    slotStores: slotStoresMade ? slotStores : []
    tags: appTags
  }
}

module mail 'modules/mail.bicep' = {
  scope: group
  params: {
    namePrefix: namePrefix
    dataLocation: mailDataLocation
    domain: mailDomain
    domainVerified: mailDomainVerified
    workspaceId: monitoring.outputs.workspaceId
    principalId: identities.outputs.app.principalId
    tags: appTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { location: location, namePrefix: namePrefix, principalId: identities.outputs.app.principalId, tags: appTags }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
    insightsId: monitoring.outputs.insightsId
    insightsName: insightsName(namePrefix)
    appUrl: functionApp.outputs.url
    emails: empty(alertEmails) ? [] : split(alertEmails, ',')
    tags: appTags
  }
}

module packageAlerts 'modules/package-alerts.bicep' = {
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
    workspaceId: monitoring.outputs.workspaceId
    accountName: deploymentStore.outputs.name
    principalId: identities.outputs.deployment.principalId
    functionAppId: functionApp.outputs.id
    recordsName: recordsStore.outputs.name
    appPrincipalId: identities.outputs.app.principalId
    peopleId: alerts.outputs.peopleId
    tags: appTags
  }
}

module scheduler 'modules/durable-task-scheduler.bicep' = if (durableBackend == 'durable-task-scheduler') {
  scope: group
  params: {
    location: location
    namePrefix: namePrefix
    principalId: identities.outputs.app.principalId
    clientId: identities.outputs.app.clientId
    tags: appTags
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    name: functionAppName(namePrefix, subscription().subscriptionId)
    location: location
    identities: identities.outputs.all
    deploymentIdentityId: identities.outputs.deployment.id
    hostStoreName: hostStore.outputs.name
    packageContainerUrl: deploymentStore.outputs.packageContainerUrl
    insightsConnection: monitoring.outputs.connectionString
    signInClientId: signInClientId
    virtualNetworkSubnetId: network.?outputs.appSubnetId ?? ''
    alwaysReady: alwaysReady
    alwaysReadyDurable: alwaysReadyDurable
    stepUp: stepUp
    appUrl: appUrl
    durableSettings: scheduler.?outputs.appSettings ?? storageSettings
    moreSettings: moreSettings
    settings: {
      CKEY_TENANT_ID: tenant().tenantId
      CKEY_APP_CLIENT_ID: identities.outputs.app.clientId
      CKEY_SIGN_IN_CLIENT_ID: signInClientId
      CKEY_SLOT1_CLIENT_ID: identities.outputs.slot1.clientId
      CKEY_SLOT2_CLIENT_ID: identities.outputs.slot2.clientId
      CKEY_RECORDS_STORE_URL: recordsStore.outputs.url
      CKEY_SLOT1_STORE_URL: 'https://${slotStoreName(namePrefix, 1, slot1SubscriptionId)}.blob.${environment().suffixes.storage}'
      CKEY_SLOT2_STORE_URL: 'https://${slotStoreName(namePrefix, 2, slot2SubscriptionId)}.blob.${environment().suffixes.storage}'
      CKEY_MAIL_ENDPOINT: mail.outputs.endpoint
      CKEY_MAIL_SENDER: mail.outputs.sender
      CKEY_DRILL_SCHEDULE: drillSchedule
      CKEY_STEP_UP: stepUp
      CKEY_SLOT1_DEAD_LETTER_IDENTITY: deadLetterIdentityId(namePrefix, 1, slot1SubscriptionId)
      CKEY_SLOT2_DEAD_LETTER_IDENTITY: deadLetterIdentityId(namePrefix, 2, slot2SubscriptionId)
    }
    tags: union(appTags, { 'azd-service-name': 'app' })
  }
}

module mailReportsToApp 'modules/mail-reports.bicep' = if (mailReports) {
  scope: group
  params: {
    namePrefix: namePrefix
    communicationName: mail.outputs.name
    functionAppName: functionApp.outputs.name
    tags: appTags
  }
}

@description('What each slot’s administrator passes to slot.bicep as principalId.')
output SLOT1_PRINCIPAL_ID string = identities.outputs.slot1.principalId
output SLOT2_PRINCIPAL_ID string = identities.outputs.slot2.principalId

@description('What is still to be done by hand: a template cannot lock a policy. Then deploy with CKEY_LEDGER_POLICY_LOCKED=true only.')
output LEDGER_LOCK_COMMAND string = recordsStore.outputs.ledgerLockCommand

@description('What infra/consent/consent.sh asks for.')
output APP_PRINCIPAL_ID string = identities.outputs.app.principalId

@description('What infra/package-writer.sh asks for: the container of the package, and the identity by which the platform uploads it.')
output PACKAGE_CONTAINER_ID string = deploymentStore.outputs.packageContainerId
output DEPLOYMENT_PRINCIPAL_ID string = identities.outputs.deployment.principalId

@description('What infra/event-endpoint.sh asks for.')
output APP_NAME string = functionApp.outputs.name
@description('Where azd looks for the service, before it would look for tags.')
output AZURE_RESOURCE_GROUP string = group.name
output APP_URL string = functionApp.outputs.url
output MAIL_SENDER string = mail.outputs.sender

@description('Of an own mail domain: the records that its DNS has to have, and the service that looks for them. docs/deploy.md has the steps.')
output MAIL_DNS_RECORDS object = mail.outputs.dnsRecords
output MAIL_SERVICE string = mail.outputs.serviceName
