import type { Collection, World } from '../core/world.ts'

/** The tenant as Microsoft Graph shows it; one per state, under `tenant`. */
export interface TenantRecord {
  readonly tenantId: string
  readonly displayName: string
  readonly domains: readonly DomainRecord[]
  readonly skus: readonly SubscribedSku[]
}

export interface DomainRecord {
  /** The name itself. */
  readonly id: string
  readonly isVerified: boolean
  readonly isDefault: boolean
  readonly isInitial: boolean
}

export interface SubscribedSku {
  readonly skuId: string
  readonly skuPartNumber: string
  readonly capabilityStatus: string
  readonly prepaidUnits: Readonly<Record<'enabled' | 'suspended' | 'warning' | 'lockedOut', number>>
  readonly consumedUnits: number
  readonly servicePlans: readonly {
    readonly servicePlanId: string
    readonly servicePlanName: string
    readonly provisioningStatus: string
    readonly appliesTo: string
  }[]
}

export function tenants(world: World): Collection<TenantRecord> {
  return world.collection('tenants')
}

export interface UserRecord {
  readonly id: string
  readonly userPrincipalName: string
  readonly displayName: string
  /** Absent: the person has no mailbox. */
  readonly mail?: string
  /** Further addresses, and the first one, as `smtp:…` and `SMTP:…`. */
  readonly proxyAddresses?: readonly string[]
  /** Absent: the account can sign in. */
  readonly accountEnabled?: boolean
}

/** By user principal name, lower-case. */
export function users(world: World): Collection<UserRecord> {
  return world.collection('users')
}

export interface ServicePrincipalRecord {
  readonly id: string
  readonly appId: string
  readonly displayName: string
  /** Absent: it gets tokens. */
  readonly accountEnabled?: boolean
  readonly appRoles?: readonly { readonly id: string; readonly value: string }[]
  /** Simulated milliseconds from which on every replica of the directory has it. */
  readonly visibleAt?: number
}

/** By application id, lower-case. */
export function servicePrincipals(world: World): Collection<ServicePrincipalRecord> {
  return world.collection('service-principals')
}

/** A role of an application, given to a person or a group. */
export interface AppRoleAssignmentRecord {
  readonly id: string
  /** Object id of the application's service principal. */
  readonly resourceId: string
  readonly principalId: string
  readonly appRoleId: string
}

/** By its id. */
export function appRoleAssignments(world: World): Collection<AppRoleAssignmentRecord> {
  return world.collection('app-role-assignments')
}

/** Somebody who may become a member of a group on demand. */
export interface EligibilityRecord {
  readonly id: string
  readonly principalId: string
  readonly groupId: string
}

/** By its id. */
export function eligibilities(world: World): Collection<EligibilityRecord> {
  return world.collection('eligibilities')
}
