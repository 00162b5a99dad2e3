import type { Refused } from '../terms/refused.ts'
import { causeOfSubscription, inSubscription, refusedCheck } from './refused-check.ts'

const rights =
  'Rights of the app’s identities are those of `infra/`; a new one takes some minutes to be known everywhere.'
const held = 'az role assignment list --assignee SLOT_IDENTITY --all --output table'

const right = ({ missingRight }: Refused): string => missingRight ?? 'the right that Azure names'

/** What is deployed: the role setup is never given again where it was taken back. */
const settingUp = (refused: Refused): string =>
  refused.settled
    ? `settingUp=false, since the guard role must do: az deployment sub create${inSubscription(refused)} --name customer-key-guard ` +
      `--location westus2 --parameters ${refused.identity.replace('-', '')}.bicepparam, of this version`
    : 'settingUp=true until that role is taken back for the hand-off, and false from then on'

/** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
export const roleMissingCheck = refusedCheck({
  code: 'role-missing',
  requirement: 'of the step',
  on: 'step',
  expected: 'the rights that `infra/` gives',
  says: 'Azure Resource Manager refused (403 AuthorizationFailed)',
  means:
    'The identity has no role that allows the step there: a role was taken away, its definition is older than this app, or it was ' +
    'given minutes ago and is not known everywhere.',
  cause: (refused) => causeOfSubscription((id) => `${refused.identity} lacks a role in subscription ${id}`)(refused),
  look: [held],
  cure: (refused) =>
    `Give this identity ${right(refused)}: deploy infra/slot.bicep again in the subscription of ${refused.identity} ` +
    `(${settingUp(refused)}). Allow a few minutes for it to take effect, then retry.`,
  afterwards: rights,
  example: { missingRight: 'ACTION on SCOPE' }
})

const objectIdOf = ({ identity }: Refused): string =>
  `$(az ad sp list --all --query "[?ends_with(displayName, '-ck-${identity}')].id" --output tsv)`

/** https://learn.microsoft.com/azure/key-vault/general/rbac-guide */
export const keyRoleMissingCheck = refusedCheck({
  code: 'key-role-missing',
  requirement: 'R33',
  on: 'vault',
  expected: 'the role of the slot’s identity on the vault',
  says: 'Key Vault refused (403 Forbidden ForbiddenByRbac)',
  means: 'Azure RBAC guards the vault, and no role of the slot’s identity there allows what was asked of its keys.',
  look: [
    'az role assignment list --scope "$(az keyvault show --name VAULT --query id --output tsv)" --include-inherited --output table'
  ],
  cure: (refused) =>
    `Give this identity ${right(refused)}: assign the role Customer Key keeper of its slot to ${refused.identity} at ` +
    `${refused.place.vault ?? 'the vault'} again (az role assignment create --assignee-object-id ${objectIdOf(refused)} ` +
    '--assignee-principal-type ServicePrincipal --role "$(az role definition list --custom-role-only true --query ' +
    `"[?starts_with(roleName, 'Customer Key keeper') && ends_with(roleName, ' ${refused.identity.replace('-', ' ')})')].roleName" ` +
    `--output tsv)" --scope $(az keyvault show --name ${refused.place.vault ?? 'VAULT'} --query id --output tsv)). It takes up to ` +
    'ten minutes to be known; then retry.',
  afterwards: rights,
  example: { missingRight: 'ACTION on SCOPE' }
})

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
export const accessPolicyMissingCheck = refusedCheck({
  code: 'access-policy-missing',
  requirement: 'R33',
  on: 'vault',
  expected: 'the slot’s identity in the access policy of the vault',
  says: 'Key Vault refused (403 Forbidden AccessDenied)',
  means:
    'The access policy of the vault does not give the slot’s identity what was asked of its keys: its entry was changed or removed.',
  look: ['az keyvault show --name VAULT --query "properties.accessPolicies[].{who:objectId, keys:permissions.keys}"'],
  cure: (refused) =>
    `Give this identity ${right(refused)}: az keyvault set-policy --name ${refused.place.vault ?? 'VAULT'} --object-id ` +
    `${objectIdOf(refused)} ` +
    '--key-permissions get list create update backup getrotationpolicy. Then retry.',
  afterwards: rights,
  example: { missingRight: 'keys get on VAULT' }
})

/** https://learn.microsoft.com/graph/errors */
export const consentMissingCheck = refusedCheck({
  code: 'consent-missing',
  requirement: 'of the step',
  on: 'step',
  expected: 'the consent that `infra/consent` gives',
  says: 'Microsoft Graph refused (403 Authorization_RequestDenied)',
  means: 'The identity `app` may not read the directory: nobody consented, or somebody took a permission back.',
  cause: () => 'the consent to read the directory is missing',
  look: [
    'az rest --method get --url "https://graph.microsoft.com/v1.0/servicePrincipals/APP_OBJECT_ID/appRoleAssignments"'
  ],
  cure: () => 'Have an administrator of the tenant run infra/consent/consent.sh again, allow some minutes, then retry.',
  afterwards: rights
})

/** https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes */
export const storeRoleMissingCheck = refusedCheck({
  code: 'store-role-missing',
  requirement: 'of the step',
  on: 'step',
  expected: 'the role of the identity on its store',
  says: 'Azure Storage refused (403 AuthorizationPermissionMismatch)',
  means: 'The identity has no role that allows the step on the containers of its store.',
  cause: ({ identity, place: { store } }) =>
    store === undefined ? undefined : `${identity} lacks its role on ${store}`,
  look: [held],
  cure: ({ identity, place: { store = 'its store' } }) =>
    `Give the identity ${identity} its role on ${store} again: deploy ${identity === 'app' ? 'infra/main.bicep' : 'infra/slot.bicep'}. ` +
    'Allow a few minutes, then retry.',
  afterwards: rights
})

export const tokenRefusedCheck = refusedCheck({
  code: 'token-refused',
  requirement: 'of the step',
  on: 'step',
  expected: 'a token that Azure takes',
  says: 'Azure Resource Manager refused (401 InvalidAuthenticationToken)',
  means:
    'Azure does not take the token of the identity at all: it is expired, for another service, or of an identity that is no more. ' +
    'No role is missing.',
  cause: ({ identity }) => `tokens of ${identity} are refused`,
  look: ['az identity list --query "[].{name:name, client:clientId, principal:principalId}" --output table'],
  cure: ({ identity }) =>
    `Look that the managed identity ${identity} exists, is assigned to the app, and that its client id in the app settings is right; ` +
    'where it was made anew, its roles must be given again (infra/). Then retry.'
})

export const identityAbsentCheck = refusedCheck({
  code: 'identity-absent',
  requirement: 'of the step',
  on: 'step',
  expected: 'a token for the identity',
  says: 'Azure Resource Manager refused (NoToken)',
  means:
    'The app got no token for the identity: it is not assigned to the app, or its client id is not the one of the settings.',
  cause: ({ identity }) => `there are no tokens for ${identity}`,
  look: ['az functionapp identity show --name APP --resource-group GROUP'],
  cure: ({ identity }) =>
    `Assign this managed identity (${identity}) to the app and check its client id in the app settings, then retry.`
})

export const principalMissingCheck = refusedCheck({
  code: 'principal-missing',
  requirement: 'R33',
  on: 'step',
  expected: 'a person, group or service that the directory knows',
  says: 'Azure Resource Manager rejected the request (400 PrincipalNotFound)',
  means:
    'The directory does not know whom the role is for: deleted since preflight, or made so lately that Azure has not heard.',
  look: ['az ad user show --id UPN --query id', 'az ad sp show --id APP_ID --query id'],
  cure: () =>
    'Wait some minutes where it is new; where it was deleted, restore it in the directory or name somebody else. Then retry.'
})

export const roleGoneCheck = refusedCheck({
  code: 'role-gone',
  requirement: 'R33',
  on: 'step',
  expected: 'the roles that `infra/` defines',
  says: 'Azure Resource Manager rejected the request (400 RoleDefinitionDoesNotExist)',
  means: 'The definition of the role that is to be given is not there any more.',
  look: ['az role definition list --custom-role-only --subscription SUB --query "[].roleName"'],
  cure: ({ place: { subscriptionId = 'the subscription' } }) =>
    `Deploy infra/slot.bicep in ${subscriptionId} again, which defines it, then retry.`
})
