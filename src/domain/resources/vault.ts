/** A vault as Azure describes it. */
export interface Vault {
  readonly name: string
  readonly subscriptionId: string
  readonly resourceGroup: string
  readonly region: string
  readonly sku: string
  readonly tenantId: string
  /** e.g. `RegisteringDns`, `Succeeded`; undefined where Azure does not say. */
  readonly provisioningState: string | undefined
  readonly enableSoftDelete: boolean | undefined
  readonly softDeleteRetentionInDays: number | undefined
  readonly enablePurgeProtection: boolean | undefined
  readonly enableRbacAuthorization: boolean | undefined
  readonly networkDefaultAction: string | undefined
  readonly networkBypass: string | undefined
  /** Whom the firewall lets through, as Azure words it; absent where it lets through nobody by name. */
  readonly networkRules?: NetworkRules
  /** `Disabled` overrides the firewall's own rules. */
  readonly publicNetworkAccess: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly accessPolicies: readonly AccessPolicy[]
}

/** Whoever changes the rest of a firewall sends these along: whether Azure would keep them is documented nowhere. */
export interface NetworkRules {
  readonly ipRules: readonly object[]
  readonly virtualNetworkRules: readonly object[]
}

/** One entry of a vault's access policy, or what a role allows, in the same words. Permissions are in lower case. */
export interface AccessPolicy {
  /** Object id in the tenant. */
  readonly objectId: string
  /** Set for a compound identity: whoever it is may act only through this application. */
  readonly applicationId: string | undefined
  /** Set for a role that was given on one thing in the vault, e.g. `keys/NAME`. */
  readonly within?: string
  /** Why it may give less than it says, e.g. `under a condition`: it allows all of that, and what is needed is not had by it. */
  readonly doubt?: string
  /** The role that gives it, and where it was assigned, where Azure RBAC decides. */
  readonly role?: { readonly roleName: string; readonly scope: string }
  readonly keys: readonly string[]
  readonly secrets: readonly string[]
  readonly certificates: readonly string[]
  /** To storage accounts that the vault manages. */
  readonly storage: readonly string[]
}

/** Whether the plan's name of a vault can be had, and if not, who has it (R31). */
export interface VaultName {
  readonly vaultName: string
  readonly available: boolean
  /** Azure's word for "not available": `AlreadyExists` or `AccountNameInvalid`. */
  readonly reason: string | undefined
  /** It exists where the plan wants it, with this onboarding's tag. */
  readonly ours: boolean
  /** A deleted vault of this subscription and region still holds the name. */
  readonly softDeleted: boolean
  /** One of another region does, which cannot be recovered to where the plan wants it. */
  readonly deletedIn?: string | undefined
  /** It exists where the plan wants it, and not for this onboarding: whose tag it has, empty where it has none. */
  readonly heldBy: string | undefined
}

/** What is left of a vault that was deleted. */
export interface DeletedVault {
  /** ISO 8601 UTC; Azure may not say. */
  readonly recoverableUntil: string | undefined
}
