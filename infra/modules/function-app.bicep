// The app on Flex Consumption: Node 24, HTTPS only, people signed in by the platform before the app sees a request.

param name string
param location string

@description('`{ id, clientId }` of all that are attached: app, slot-1, slot-2 and deployment, in this order.')
param identities array

@description('By which the platform, and nothing of the app, fetches the package.')
param deploymentIdentityId string

param hostStoreName string
param packageContainerUrl string
param insightsConnection string
param signInClientId string
param virtualNetworkSubnetId string
param alwaysReady int
param alwaysReadyDurable int
param stepUp string

@description('Empty: the name that Azure gives it.')
param appUrl string

param durableSettings object
param settings object

@description('Under `settings`; the empty ones are left out.')
param moreSettings object

param tags object

var app = identities[0]
var given = toObject(filter(items(moreSettings), each => !empty(each.value)), each => each.key, each => each.value)
var ready = { http: alwaysReady, durable: alwaysReadyDurable }

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: 'asp-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: toObject(identities, each => string(each.id), _ => {})
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: app.id
    virtualNetworkSubnetId: empty(virtualNetworkSubnetId) ? null : virtualNetworkSubnetId
    // No siteUpdateStrategy, so Recreate: a deployment ends what runs at once, and it is made up for (docs/decisions/0129-what-flex-consumption-wants.md).
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: deploymentIdentityId }
        }
      }
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        // Two of the groups that scale alone: https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#per-function-scaling
        alwaysReady: map(filter(items(ready), each => each.value > 0), each => { name: each.key, instanceCount: each.value })
      }
    }
    siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', ftpsState: 'Disabled', http20Enabled: true }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union({ CKEY_TELEMETRY: 'on' }, given, durableSettings, settings, {
      AzureWebJobsStorage__accountName: hostStoreName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: app.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${app.clientId};Authorization=AAD'
      // Every line is kept: alerts are lines, and of itself the exporter keeps five calls a second with what they said.
      // https://github.com/Azure/azure-sdk-for-net/tree/main/sdk/monitor/Azure.Monitor.OpenTelemetry.Exporter (SamplerConfig)
      OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
      OTEL_TRACES_SAMPLER_ARG: '1'
      // No plan is relied on to name its host to the app: mails would have no links.
      CKEY_APP_URL: empty(appUrl) ? 'https://${site.properties.defaultHostName}' : appUrl
      // The sign-in proves itself with the app's identity instead of a secret:
      // https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: app.clientId
    })
  }

  resource signIn 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'RedirectToLoginPage'
        redirectToProvider: 'azureactivedirectory'
        // Event Grid's webhook carries a system key of its own.
        excludedPaths: ['/runtime/webhooks/EventGrid', '/api/health']
      }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          // Asked for with every sign-in: the platform passes on no parameter of a single one that its documents name.
          // https://learn.microsoft.com/azure/app-service/configure-authentication-customize-sign-in-out
          login: empty(stepUp) ? {} : { loginParameters: ['claims={"id_token":{"acrs":{"essential":true,"value":"${stepUp}"}}}'] }
          registration: {
            clientId: signInClientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: ['api://${signInClientId}', signInClientId] }
        }
      }
      login: { tokenStore: { enabled: false } }
      httpSettings: { requireHttps: true }
    }
    dependsOn: [appSettings]
  }

  resource noFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output id string = site.id
output name string = site.name
output url string = 'https://${site.properties.defaultHostName}'
