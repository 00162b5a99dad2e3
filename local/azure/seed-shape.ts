import type { OtherResourceRecord, SubscriptionRecord } from './arm/resources/records.ts'
import type { RoleAssignmentRecord, RoleDefinitionRecord } from './arm/authorization/roles.ts'
import type { AssignedIdentityRecord } from './eventgrid/topic-record.ts'
import type { GroupRecord } from './graph/groups.ts'
import type { AppRoleAssignmentRecord, ServicePrincipalRecord, TenantRecord, UserRecord } from './graph/directory.ts'
import type { StorageAccountSeed } from './storage/accounts.ts'
import type { Identity } from './token/identities.ts'

/** What there is in Azure before anything is onboarded. */
export interface Seed {
  readonly tenant: TenantRecord
  readonly users: readonly UserRecord[]
  readonly groups: readonly GroupRecord[]
  readonly servicePrincipals: readonly ServicePrincipalRecord[]
  readonly appRoleAssignments: readonly AppRoleAssignmentRecord[]
  readonly identities: { readonly app: Identity; readonly slots: readonly Identity[] }
  readonly subscriptions: readonly SubscriptionRecord[]
  readonly roleDefinitions: readonly RoleDefinitionRecord[]
  readonly roleAssignments: readonly RoleAssignmentRecord[]
  readonly storage: { readonly slots: readonly StorageAccountSeed[]; readonly records: StorageAccountSeed }
  readonly mail: { readonly host: string; readonly sender: string }
  /** Slot by slot: what a system topic of the slot writes its dead letters with. */
  readonly deadLetterIdentities: readonly AssignedIdentityRecord[]
  /** What infra/slot.bicep leaves in the slots' subscriptions beside roles. */
  readonly otherResources: readonly OtherResourceRecord[]
  /** The app as Event Grid reaches it; `systemKey` opens its webhooks. */
  readonly webhook: { readonly publicHost: string; readonly systemKey: string }
}

/** The part of an onboarding request that says what must be there. */
export interface SeedRequest {
  readonly organization: { readonly tenantId: string; readonly domain: string }
  readonly namePrefix: string
  /** `rbac`: the slots are deployed with the roles of vaults. */
  readonly authorization?: 'access-policies' | 'rbac' | undefined
  readonly subscriptions: readonly SeedSubscription[]
}

export interface SeedSubscription {
  readonly slot: number
  readonly id: string
  readonly operators: readonly string[]
  readonly administrators?: readonly string[] | undefined
}
