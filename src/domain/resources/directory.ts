/** A user, group or service principal of the tenant. */
export interface DirectoryObject {
  readonly objectId: string
  readonly displayName: string
}

/** The service principal of an application. */
export interface DirectoryApplication extends DirectoryObject {
  /** Whether Entra gives it tokens; undefined where the directory does not say. */
  readonly enabled: boolean | undefined
}

/** A person. */
export interface DirectoryUser extends DirectoryObject {
  /** User principal name, lower case. */
  readonly upn: string
  /** Undefined where the directory has no address. */
  readonly mail: string | undefined
  /** Whether the account can sign in. */
  readonly enabled: boolean
}

/** A role of an application, given to a person or to a group there. */
export interface GivenAppRole {
  /** Object id of whoever has it. */
  readonly to: string
  readonly toGroup: boolean
  /** Its value, as a sign-in's claims name it; undefined where the application has no such role any more. */
  readonly role: string | undefined
}

/** A member of a group, directly or through groups within it. */
export interface GroupMember {
  readonly objectId: string
  /** Undefined for what is no user. */
  readonly upn: string | undefined
  /** Absent where the directory has no address. */
  readonly mail?: string
}

/** A licence of the tenant. */
export interface LicenceSku {
  readonly skuPartNumber: string
  /** `Enabled`, `Warning`, `Suspended`, `Deleted` or `LockedOut`. */
  readonly capabilityStatus: string
  readonly enabledUnits: number
  /** `status` is e.g. `Success`. */
  readonly servicePlans: readonly { readonly id: string; readonly status: string }[]
}
