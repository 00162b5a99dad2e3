import { sameText } from './same-text.ts'

/**
 * Why Azure does not do what it was asked, by its own code or inner code: the one table. What each means and how it is cured
 * stands in `src/domain/checks/refused.ts`. Codes are those of
 * - https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors (Azure Resource Manager)
 * - https://learn.microsoft.com/azure/key-vault/general/common-error-codes and …/general/rest-error-codes (Key Vault)
 * - https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (roles)
 * - https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes and …/blob-service-error-codes (Storage)
 * - https://learn.microsoft.com/graph/errors (Microsoft Graph)
 * or were seen in what its SDKs' users report, where the line says so.
 */
export const causes = {
  /** The first as in https://github.com/microsoft/vscode-azureappservice/issues/912. */
  'subscription-disabled': ['ReadOnlyDisabledSubscription', 'SubscriptionDisabled'],
  'subscription-unseen': ['SubscriptionNotFound', 'InvalidSubscriptionId'],
  'other-tenant': ['InvalidAuthenticationTokenTenant'],
  'provider-missing': [
    'MissingSubscriptionRegistration',
    'InvalidSubscriptionRegistrationState',
    'NoRegisteredProviderFound',
    'SubscriptionNotRegistered'
  ],
  'policy-forbids': ['RequestDisallowedByPolicy'],
  'azure-forbids': ['RequestDisallowedByAzure'],
  locked: ['ScopeLocked'],
  /** As in https://github.com/Azure/deployment-stacks/issues, of stacks that deny changes to what they made. */
  'assignment-denies': ['DenyAssignmentAuthorizationFailed'],
  'role-missing': ['AuthorizationFailed', 'LinkedAuthorizationFailed'],
  'key-role-missing': ['ForbiddenByRbac'],
  /** `ForbiddenByPolicy` means the vault's access policy, by the sentence that comes with it; no policy of Azure's. */
  'access-policy-missing': ['AccessDenied', 'ForbiddenByPolicy'],
  'consent-missing': ['Authorization_RequestDenied'],
  'store-role-missing': ['AuthorizationPermissionMismatch', 'InsufficientAccountPermissions'],
  'vault-firewall': ['ForbiddenByFirewall', 'ForbiddenByConnection'],
  'store-firewall': ['AuthorizationFailure'],
  'token-refused': [
    'InvalidAuthenticationToken',
    'ExpiredAuthenticationToken',
    'InvalidAuthenticationTokenAudience',
    'AuthenticationFailed',
    'Unauthorized',
    'InvalidAuthenticationInfo',
    'NoAuthenticationInformation',
    // Of Communication Services: https://github.com/Azure/azure-sdk-for-js/issues/31604
    'Denied',
    'Authorization_IdentityNotFound'
  ],
  /** Of the app: no answer came because no token was to be had. */
  'identity-absent': ['NoToken'],
  'key-deleted': ['ObjectIsDeletedButRecoverable'],
  'vault-name-taken': ['VaultAlreadyExists'],
  'vault-name-refused': ['VaultNameNotValid'],
  /** Of whoever stands between the app and Azure: what Azure refuses has a code of its own (`translate.ts` makes these). */
  'on-the-way': ['Status403', 'Status407', 'Status451', 'Status511'],
  'group-missing': ['ResourceGroupNotFound', 'ResourceGroupBeingDeleted'],
  'region-refused': ['RegionNotSupported', 'LocationNotAvailableForResourceType'],
  'sku-refused': ['SkuNotSupported', 'SkuNotAvailable'],
  'quota-used-up': ['QuotaExceeded', 'RoleAssignmentLimitExceeded'],
  'principal-missing': ['PrincipalNotFound'],
  'role-gone': ['RoleDefinitionDoesNotExist'],
  'store-disabled': ['AccountIsDisabled'],
  'container-missing': ['ContainerNotFound']
} as const satisfies Record<string, readonly string[]>

export type Cause = keyof typeof causes

/**
 * Causes that one service alone means by its codes: Microsoft Graph says `AccessDenied` too, e.g. of Conditional Access for
 * workload identities (https://learn.microsoft.com/graph/errors), and no access policy of a vault cures that.
 */
export const meantBy: Readonly<Partial<Record<Cause, string>>> = {
  'access-policy-missing': 'Key Vault',
  'key-role-missing': 'Key Vault',
  'vault-firewall': 'Key Vault',
  'key-deleted': 'Key Vault',
  'consent-missing': 'Microsoft Graph',
  'store-role-missing': 'Storage',
  'store-firewall': 'Storage',
  'store-disabled': 'Storage',
  'container-missing': 'Storage'
}

/** Codes of what ends by itself, whatever their status: the same call is made again. */
export const passingCodes: readonly string[] = [
  'AnotherOperationInProgress',
  // The vault changed while it was being changed: https://github.com/Azure/AzureKeyVault/issues/6
  'ConflictError',
  'ContainerBeingDeleted',
  // Another worker holds the lease: it ends by itself.
  'LeaseAlreadyPresent',
  // Key Vault's inner codes of a deletion or recovery under way.
  'ObjectIsBeingDeleted',
  'ObjectIsBeingRecovered'
]

const byCode: ReadonlyMap<string, Cause> = new Map(
  Object.entries(causes).flatMap(
    ([cause, codes]) => codes.map((code) => [code.toLowerCase(), cause as Cause]) // a key of the table
  )
)

/**
 * The cause that an answer names. `codes`: from the outermost in. An inner one says more than the outer; Azure's sentence is
 * asked only where the codes of two causes are alike. `service`: who says it, e.g. `Key Vault`.
 */
export function causeOf(codes: readonly string[], said: string, service: string): Cause | undefined {
  if (/disallowed by policy/i.test(said)) return 'policy-forbids' // Key Vault says so of a policy on keys with `Forbidden` alone
  if (isNameDeleted(said)) return 'vault-name-taken'
  if (/\bAKV10032\b|wrong issuer/i.test(said)) return 'other-tenant' // Key Vault's 401 of a token of another tenant
  const known = codes.toReversed().flatMap((code) => byCode.get(code.toLowerCase()) ?? [])
  return known.find((cause) => (meantBy[cause] ?? service) === service)
}

/** `ConflictError` too, and nothing that ends by itself: https://github.com/alan-turing-institute/data-safe-haven/issues/2523 */
const isNameDeleted = (said: string): boolean => /same name already exists in deleted state/i.test(said)

export const passes = (codes: readonly string[], said: string): boolean =>
  !isNameDeleted(said) && codes.some((code) => passingCodes.some((each) => sameText(each, code)))
