import { refusedCheck } from './refused-check.ts'

/** https://learn.microsoft.com/azure/key-vault/general/network-security and …/private-link-diagnostics */
export const vaultFirewallCheck = refusedCheck({
  code: 'vault-firewall',
  requirement: 'R36',
  on: 'vault',
  expected: 'a vault whose network lets Microsoft 365 and this app in',
  says: 'Key Vault refused (403 Forbidden ForbiddenByFirewall)',
  means:
    'The network of the vault keeps the app out: its firewall, a private endpoint, or public access that is off. It would keep ' +
    'Microsoft 365 out as well. No permission is missing.',
  look: [
    'az keyvault show --name VAULT --query "properties.{public:publicNetworkAccess, rules:networkAcls, private:privateEndpointConnections}"'
  ],
  cure: ({ place: { vault = 'VAULT' } }) =>
    `Open the network of ${vault} again: az keyvault update --name ${vault} --public-network-access Enabled --default-action Allow ` +
    '--bypass AzureServices, or find out which policy or private link closed it. Azure takes up to some minutes; then retry.'
})

/** https://learn.microsoft.com/azure/storage/common/storage-network-security */
export const storeFirewallCheck = refusedCheck({
  code: 'store-firewall',
  requirement: 'R45',
  on: 'step',
  expected: 'a store whose network lets this app in',
  says: 'Azure Storage refused (403 AuthorizationFailure)',
  means:
    'The storage account does not let the app in. With this code that is its network, or that it allows no tokens of Entra; where a ' +
    'role is missing Storage says so otherwise.',
  cause: ({ place: { store } }) => (store === undefined ? undefined : `the network of ${store} is closed`),
  look: ['az storage account show --name STORE --query "{public:publicNetworkAccess, rules:networkRuleSet}"'],
  cure: ({ place: { store = 'STORE' } }) =>
    `Let the app in: az storage account update --name ${store} --default-action Allow, or add the app’s network to its rules ` +
    '(az storage account network-rule add), then retry.'
})

export const storeDisabledCheck = refusedCheck({
  code: 'store-disabled',
  requirement: 'R45',
  on: 'step',
  expected: 'a store that is enabled',
  says: 'Azure Storage refused (403 AccountIsDisabled)',
  means: 'The storage account is disabled, most often with its subscription.',
  cause: ({ place: { store } }) => (store === undefined ? undefined : `${store} is disabled`),
  look: ['az storage account show --name STORE --query "{state:statusOfPrimary, group:resourceGroup}"'],
  cure: ({ place: { store = 'STORE' } }) =>
    `Have the subscription of ${store} enabled again, or ask Azure’s support why the account is disabled. Then retry.`
})

export const containerMissingCheck = refusedCheck({
  code: 'container-missing',
  requirement: 'R45',
  on: 'step',
  expected: 'the containers that `infra/` makes',
  says: 'Azure Storage did not find what was asked for (404 ContainerNotFound)',
  means: 'A container of the store is not there: it was deleted, or the store is another one than the settings name.',
  look: ['az storage container list --auth-mode login --account-name STORE --include-deleted true --output table'],
  cure: ({ identity, place: { store = 'STORE' } }) =>
    `Restore the container of ${store} where it was deleted (az storage container restore), or deploy ` +
    `${identity === 'app' ? 'infra/main.bicep' : 'infra/slot.bicep'} again. Then retry.`
})

/** https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
export const keyDeletedCheck = refusedCheck({
  code: 'key-deleted',
  requirement: 'R40',
  on: 'key',
  expected: 'a key name that no deleted key holds',
  says: 'Key Vault found a conflict (409 Conflict ObjectIsDeletedButRecoverable)',
  means:
    'A deleted key of this name can still be recovered, and holds the name until it is. It may be the very key that data is ' +
    'encrypted with: nothing here purges it.',
  look: ['az keyvault key list-deleted --vault-name VAULT'],
  cure: ({ place: { vault = 'VAULT', key = 'KEY' } }) =>
    `Find out who deleted it, and recover it: az keyvault key recover --vault-name ${vault} --name ${key} ` +
    `(Undo-AzKeyVaultKeyRemoval -VaultName ${vault} -Name ${key}). Then retry: the app takes the recovered key and checks it.`
})

export const vaultNameTakenCheck = refusedCheck({
  code: 'vault-name-taken',
  requirement: 'R31',
  on: 'vault',
  expected: 'a vault name that is free',
  says: 'Azure Resource Manager found a conflict (409 VaultAlreadyExists)',
  means:
    'Somebody else has taken the name of the vault since preflight, in whatever tenant, or a deleted vault holds it. Names of vaults ' +
    'are the world’s.',
  look: ['az keyvault list-deleted --query "[?name==\'VAULT\']"', 'az keyvault check-name --name VAULT'],
  cure: ({ place: { vault = 'VAULT' } }) =>
    `If a deleted vault of yours holds ${vault}, recover it (az keyvault recover --name ${vault}) and retry. If it is somebody ` +
    'else’s, cancel, and start anew with another name (`vaultNames` of the policy).'
})

/** A page for people, or nothing, in place of Azure's words: https://learn.microsoft.com/azure/app-service/overview-vnet-integration */
export const onTheWayCheck = refusedCheck({
  code: 'on-the-way',
  requirement: 'of the step',
  on: 'step',
  expected: 'an answer in Azure’s own words',
  says: 'Azure Resource Manager refused (403 Status403)',
  means:
    'The answer has no code of Azure: whatever refused is likely none of its services but something between it and the app, such as ' +
    'a proxy or a firewall of the organization. No role is known to lack.',
  look: [
    'az functionapp config appsettings list --name APP --resource-group GROUP --query "[?contains(name, \'PROXY\')]"'
  ],
  cure: ({ identity, operation = 'the call' }) =>
    `Look whether a proxy, a firewall or a gateway on the app’s way out stops ${operation} of ${identity}, and let it through to Azure; ` +
    'then retry. Where nothing stands between them, give Azure’s support the moment of the call.'
})

export const vaultNameRefusedCheck = refusedCheck({
  code: 'vault-name-refused',
  requirement: 'R31',
  on: 'vault',
  expected: 'a vault name that Azure takes',
  says: 'Azure Resource Manager rejected the request (400 VaultNameNotValid)',
  means: 'Azure does not take the name of the vault: 3 to 24 letters, digits and single hyphens, a letter first.',
  look: ['az keyvault check-name --name VAULT'],
  cure: () => 'Cancel, and start anew with another name (`vaultNames` of the policy).'
})

export const groupMissingCheck = refusedCheck({
  code: 'group-missing',
  requirement: 'R27',
  on: 'subscription',
  expected: 'the resource group of the slot',
  says: 'Azure Resource Manager did not find what was asked for (404 ResourceGroupNotFound)',
  means: 'The resource group of the slot is not there, or is being deleted with all that is in it.',
  cause: ({ place: { resourceGroup, subscriptionId } }) =>
    resourceGroup && subscriptionId && `${resourceGroup} of subscription ${subscriptionId} is not there`.toLowerCase(),
  look: [
    'az group list --subscription SUB --output table',
    'az monitor activity-log list --subscription SUB --offset 7d'
  ],
  cure: ({ place: { resourceGroup = 'GROUP', subscriptionId = 'SUB' } }) =>
    `Find out who deleted ${resourceGroup} of ${subscriptionId}. Once the deletion is over, make it again (az group create --name ` +
    `${resourceGroup} --subscription ${subscriptionId} --location ` +
    `"$(az keyvault list-deleted --resource-type vault --subscription ${subscriptionId} --query "[0].properties.location" --output tsv)") ` +
    'and recover its vaults (az keyvault recover, for each that az keyvault list-deleted shows). Then retry.'
})
