// One slot, deployed by that slot's administrator into that slot's own subscription and by nobody else (R11):
//   az deployment sub create --subscription <slot's> --location <region> --template-file infra/slot.bicep --parameters …
// It gives the slot's identity its two roles and makes the immutable store of the slot's backups and evidence.
targetScope = 'subscription'

import { partTag, roleName, slotStoreGroup } from 'names.bicep'

@description('Which of the two subscriptions this is.')
@allowed([1, 2])
param slot int

@description('Object id of the identity slot-1 or slot-2; an output of main.bicep.')
@minLength(36)
@maxLength(36)
param principalId string

@description('Where the store is; the region of the slot in the onboarding request.')
param location string = deployment().location

@description('Starts every name, e.g. contoso. The request has the same as namePrefix.')
@minLength(2)
@maxLength(12)
param namePrefix string

@description('Days for which a backup or evidence can be neither changed nor deleted. Only ever lengthened once locked.')
@minValue(1)
@maxValue(146000)
param retentionDays int = 3650

@description('Whether the policies of backups and evidence are locked. True from the lock on: Azure refuses to set a locked one again.')
param policiesLocked bool = false

@description('Whether the identity is given the role setup. False does not give it again and takes nothing away: see removeSetupCommand.')
param settingUp bool = true

@description('Whether the identity may make the vaults of restore drills (CKEY_DRILL_SCHEDULE). Give it after the hand-off only: until then no right to change vaults may be left.')
param drills bool = false

@description('What guards the vaults, as in the onboarding request. With rbac there are roles of vaults, and the app may give these and no other.')
@allowed(['access-policies', 'rbac'])
param authorization string = 'access-policies'

@description('Object id of the Entra group of this slot’s operators, who may read the backups to keep offline copies of them, and take dead letters away. A group, never a person: the lock of the store forbids taking roles below it away, so whoever leaves, leaves the group. Empty: nobody.')
param operatorGroupId string = ''

@description('How the store is kept: ZRS in three zones of the region. A region without zones takes LRS or GRS. Chosen once: Azure converts between kinds with and without zones by a migration, not by another deployment.')
@allowed(['Standard_ZRS', 'Standard_GZRS', 'Standard_LRS', 'Standard_GRS'])
param storeSku string = 'Standard_ZRS'

@description('Who is mailed at once when somebody changes roles, vaults, the registration or what is logged in this subscription. Empty: the alerts show in the portal alone.')
param alertEmails string[] = []

@description('The slot’s vaults, once the set-up has made them: their audit log goes to the slot’s own workspace. Empty: none is logged yet.')
param vaultNames string[] = []

@description('Where those vaults are. Empty: in the group that the request names by itself.')
param vaultGroup string = ''

@description('Object ids of people who take offline copies: whoever else reads a backup is told of.')
param expectedReaders string[] = []

@description('As of the app: with vnet the store is closed to the public network, and reached by the endpoint that the app asks for (connectionCommands).')
@allowed(['public', 'vnet'])
param networking string = 'public'

@description('Subnet, in this subscription, for an endpoint of your own beside the app’s: whoever takes offline copies needs one where the store is closed. It closes the store by itself.')
param privateEndpointSubnetId string = ''

@description('Private DNS zone privatelink.blob.… for that endpoint. Empty: somebody else registers its name.')
param privateDnsZoneId string = ''

@description('Put on everything, beside our own.')
param tags object = {}

var roles = loadJsonContent('roles.json')
var byRoles = authorization == 'rbac'
var encryptionUser = 'e147488a-f6f5-4113-8e2d-b22465e65bf6' // Key Vault Crypto Service Encryption User, of Azure's own
var allTags = union(tags, partTag('slot-${slot}'))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: slotStoreGroup(namePrefix, slot)
  location: location
  tags: allTags
}

module store 'modules/slot-store.bicep' = {
  scope: group
  params: {
    slot: slot
    principalId: principalId
    location: location
    namePrefix: namePrefix
    retentionDays: retentionDays
    policiesLocked: policiesLocked
    networking: networking
    privateEndpointSubnetId: privateEndpointSubnetId
    privateDnsZoneId: privateDnsZoneId
    operatorGroupId: operatorGroupId
    storeSku: storeSku
    tags: allTags
  }
}

module alerts 'modules/slot-alerts.bicep' = {
  scope: group
  params: { slot: slot, namePrefix: namePrefix, emails: alertEmails, tags: allTags }
}

module log 'modules/slot-log.bicep' = {
  scope: group
  params: {
    slot: slot
    location: location
    namePrefix: namePrefix
    principalId: principalId
    expectedReaders: expectedReaders
    peopleId: alerts.outputs.peopleId
    tags: allTags
  }
  dependsOn: [store]
}

module vaultLogs 'modules/vault-log.bicep' = [for vaultName in vaultNames: {
  scope: resourceGroup(empty(vaultGroup) ? 'rg-${toLower(namePrefix)}-ck-slot${slot}' : vaultGroup)
  params: { vaultName: vaultName, workspaceId: log.outputs.workspaceId }
}]

resource setupRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, toLower(namePrefix), 'customer-key-setup', string(slot))
  properties: {
    roleName: roleName(roles.setup.name, namePrefix, 'slot ${slot}')
    description: roles.setup.description
    type: 'CustomRole'
    permissions: [{ actions: roles.setup.actions, dataActions: roles.setup.dataActions }]
    assignableScopes: [subscription().id]
  }
}

resource guardRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, toLower(namePrefix), 'customer-key-guard', string(slot))
  properties: {
    roleName: roleName(roles.guard.name, namePrefix, 'slot ${slot}')
    description: roles.guard.description
    type: 'CustomRole'
    permissions: [{ actions: roles.guard.actions, dataActions: roles.guard.dataActions }]
    assignableScopes: [subscription().id]
  }
}

resource setup 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (settingUp) {
  name: guid(subscription().id, principalId, setupRole.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: setupRole.id }
}

resource guard 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, guardRole.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: guardRole.id }
}

resource drillRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (drills) {
  name: guid(subscription().id, toLower(namePrefix), 'customer-key-drill', string(slot))
  properties: {
    roleName: roleName(roles.drill.name, namePrefix, 'slot ${slot}')
    description: roles.drill.description
    type: 'CustomRole'
    permissions: [{ actions: roles.drill.actions, dataActions: roles.drill.dataActions }]
    assignableScopes: [subscription().id]
  }
}

resource drill 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (drills) {
  name: guid(subscription().id, principalId, drillRole.id)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: drillRole.id }
}

resource administratorRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (byRoles) {
  name: guid(subscription().id, toLower(namePrefix), 'customer-key-administrator', string(slot))
  properties: {
    roleName: roleName(roles.administrator.name, namePrefix, 'slot ${slot}')
    description: roles.administrator.description
    type: 'CustomRole'
    permissions: [{ actions: roles.administrator.actions, dataActions: roles.administrator.dataActions }]
    assignableScopes: [subscription().id]
  }
}

resource keeperRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (byRoles) {
  name: guid(subscription().id, toLower(namePrefix), 'customer-key-keeper', string(slot))
  properties: {
    roleName: roleName(roles.keeper.name, namePrefix, 'slot ${slot}')
    description: roles.keeper.description
    type: 'CustomRole'
    permissions: [{ actions: roles.keeper.actions, dataActions: roles.keeper.dataActions }]
    assignableScopes: [subscription().id]
  }
}

resource grantingRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (byRoles) {
  name: guid(subscription().id, toLower(namePrefix), 'customer-key-granting', string(slot))
  properties: {
    roleName: roleName(roles.granting.name, namePrefix, 'slot ${slot}')
    description: roles.granting.description
    type: 'CustomRole'
    permissions: [{ actions: roles.granting.actions, dataActions: roles.granting.dataActions }]
    assignableScopes: [subscription().id]
  }
}

// https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview
resource granting 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (byRoles && settingUp) {
  name: guid(subscription().id, principalId, grantingRole.id)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: grantingRole.id
    conditionVersion: '2.0'
    condition: '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${encryptionUser}, ${administratorRole.name}, ${keeperRole.name}}'
  }
}

@description('App setting CKEY_SLOT1_STORE_URL or CKEY_SLOT2_STORE_URL.')
output storeUrl string = store.outputs.url

@description('What is still to be done by hand: a template cannot lock a policy. Then deploy with policiesLocked=true only.')
output lockCommands array = store.outputs.lockCommands

@description('How to take the role setup away at hand-off.')
output removeSetupCommand string = 'az role assignment delete --ids ${subscription().id}/providers/Microsoft.Authorization/roleAssignments/${guid(subscription().id, principalId, setupRole.id)}${byRoles ? ' ${subscription().id}/providers/Microsoft.Authorization/roleAssignments/${guid(subscription().id, principalId, grantingRole.id)}' : ''}'

@description('With vnet: how the app’s way into the store is found and approved, once the app has asked for it.')
output connectionCommands array = networking == 'vnet' ? [store.outputs.connectionList, store.outputs.connectionApproval] : []
