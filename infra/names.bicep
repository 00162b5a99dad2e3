// How everything is named, so that what-if reads well and main.bicep knows a slot's store before it exists.

@description('Groups begin like those of the vaults: src/domain/request/naming.ts, resourceGroupName.')
@export()
func slotStoreGroup(namePrefix string, slot int) string => 'rg-${toLower(namePrefix)}-ck-slot${slot}-store'

@description('At most 24 small letters and digits; unique by the slot’s subscription.')
@export()
func slotStoreName(namePrefix string, slot int, subscriptionId string) string =>
  toLower('${take(replace(namePrefix, '-', ''), 8)}ck${slot}${uniqueString(subscriptionId)}')

@description('The store’s id, as main.bicep knows it before it exists.')
@export()
func slotStoreId(namePrefix string, slot int, subscriptionId string) string =>
  '/subscriptions/${subscriptionId}/resourceGroups/${slotStoreGroup(namePrefix, slot)}/providers/Microsoft.Storage/storageAccounts/${slotStoreName(namePrefix, slot, subscriptionId)}'

@description('Of the identity that writes what Event Grid cannot deliver; in the group of the slot’s store.')
@export()
func deadLetterIdentityName(namePrefix string, slot int) string => 'id-${toLower(namePrefix)}-ck-dead-letters-${slot}'

@description('The same, as main.bicep knows it before it exists.')
@export()
func deadLetterIdentityId(namePrefix string, slot int, subscriptionId string) string =>
  '/subscriptions/${subscriptionId}/resourceGroups/${slotStoreGroup(namePrefix, slot)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${deadLetterIdentityName(namePrefix, slot)}'

@description('Of one of the app’s own stores: host, deploy or records.')
@export()
func appStoreName(namePrefix string, part string, subscriptionId string) string =>
  toLower('${take(replace(namePrefix, '-', ''), 5)}ck${take(part, 4)}${uniqueString(subscriptionId)}')

@description('Name of the function app; its host name begins with it.')
@export()
func functionAppName(namePrefix string, subscriptionId string) string =>
  'func-${toLower(namePrefix)}-ck-${take(uniqueString(subscriptionId), 6)}'

@description('Of Application Insights, which a tag of the availability test names.')
@export()
func insightsName(namePrefix string) string => 'appi-${toLower(namePrefix)}-ck'

@description('Of a role: unique in a whole directory, so with the prefix. The same as roleName in src/domain/terms/role-names.ts.')
@export()
func roleName(title string, namePrefix string, part string) string => '${title} (${toLower(namePrefix)} ${part})'

@description('Tells what a resource is for: app, records, slot-1 or slot-2.')
@export()
func partTag(part string) object => { 'customer-key-part': part }
