/** What is held against no definition of Azure/azure-rest-api-specs, and why. */
export const unheldServices = new Map([
  [
    'graph',
    'Microsoft Graph publishes its definitions elsewhere, as CSDL; its shapes are read by the schemas of src/azure/graph.ts'
  ],
  [
    'eventgrid',
    'it answers nobody: the events it posts are held by fits-event.ts; its handshakes and dead letters are prose'
  ],
  ['token', 'App Service documents its identity endpoint in prose'],
  ['entra', 'Entra ID documents its endpoints in prose; the real az signs in there']
])

const azAlone = 'az alone asks for it, and reads the answer with its own client: test/azure/az'

export const unheldOperations = new Map([
  ...[
    'tenants.list',
    'subscriptions.listLocations',
    'providers.list',
    'resourceGroups.list',
    'managedHsms.listDeleted',
    'managedHsms.checkNameAvailability',
    'roleAssignments.delete',
    'systemTopics.listBySubscription',
    'systemTopics.get',
    'systemTopics.update',
    'systemTopics.delete',
    'eventSubscriptions.get',
    'eventSubscriptions.delete',
    'locks.listByScope',
    'locks.getByScope',
    'locks.createOrUpdateByScope',
    'locks.deleteByScope',
    'policyExemptions.createOrUpdate',
    'policyExemptions.get',
    'policyExemptions.delete',
    'activityLogs.list',
    'resourceGroups.delete'
  ].map((operation) => [`arm ${operation}`, azAlone] as const),
  ...['deployed.get', 'deployed.list', 'deployed.listInGroup', 'deployed.settings'].map(
    (operation) =>
      [
        `arm ${operation}`,
        'of many types, each with a definition of its own: what is there is what the Bicep compiler says would be deployed'
      ] as const
  ),
  ['keyvault keys.listDeleted', azAlone],
  ['keyvault challenge', 'the first, unauthenticated request: RFC 6750, not a definition'],
  ['keyvault keys.delete', 'refused with a status of our own, so that no rehearsal goes on after it']
])

const nobodys = 'no identity has the right immutableStorage/runAsSuperUser, and Azurite would answer 501'

/** What is held when it is refused, and never succeeds. */
export const refusedOperations = new Map([
  ['storage blob.setImmutabilityPolicy', nobodys],
  ['storage blob.deleteImmutabilityPolicy', nobodys],
  ['storage blob.setLegalHold', nobodys]
])
