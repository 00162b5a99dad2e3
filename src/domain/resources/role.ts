/** What a role of Azure RBAC allows. */
export interface Role {
  /** e.g. `Contributor` */
  readonly roleName: string
  /** Of the control plane, e.g. `Microsoft.KeyVault/vaults/read`. */
  readonly actions: readonly string[]
  /** What is taken from these. */
  readonly notActions: readonly string[]
  /** Of the data plane, e.g. `Microsoft.KeyVault/vaults/keys/read`; the latter takes from the former. */
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
}

/** Somebody who holds a role. */
export interface RoleHolder extends Role {
  readonly principalId: string
  /** Azure's word: `User`, `Group`, `ServicePrincipal`, `ForeignGroup`, `Device`; undefined where Azure does not say. */
  readonly principalType: string | undefined
  /** Where it was assigned: a resource id, a management group, or `/`. */
  readonly scope: string
  /** What limits it, in Azure’s own language, which nobody here reads; absent where nothing does. */
  readonly condition?: string
  /** Of another tenant, to which Azure Lighthouse delegates it; absent for whatever stands in the customer's own directory. */
  readonly tenant?: string
}

/** A role that somebody was given themselves, not through a group. */
export interface GivenRole {
  /** Resource id of the assignment. */
  readonly id: string
  /** GUID of the role. */
  readonly roleId: string
  /** Where it was assigned: a resource id, a management group, or `/`. */
  readonly scope: string
  /** Object id of who gave it; undefined where Azure does not say. */
  readonly givenBy: string | undefined
  /** ISO 8601 UTC; undefined where Azure does not say. */
  readonly givenAt: string | undefined
}

/** A role of the customer's own that can be given in a subscription. */
export interface CustomRole extends Role {
  /** Resource id. */
  readonly id: string
}
