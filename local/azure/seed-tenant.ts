import type { GroupRecord } from './graph/groups.ts'
import type {
  AppRoleAssignmentRecord,
  ServicePrincipalRecord,
  SubscribedSku,
  TenantRecord,
  UserRecord
} from './graph/directory.ts'
import type { Seed, SeedRequest } from './seed-shape.ts'
import { isGroup } from './group-ids.ts'
import { actorOf, custodianOf, userId } from './seed-people.ts'
import { stableGuid } from './stable-guid.ts'

/** The tenant in Microsoft Graph: licence, people and Microsoft's own service principals. */
export function seedTenant(
  request: SeedRequest
): Pick<Seed, 'tenant' | 'users' | 'groups' | 'servicePrincipals' | 'appRoleAssignments'> {
  const {
    organization: { tenantId, domain },
    namePrefix,
    subscriptions
  } = request
  const parties = subscriptions.flatMap(({ operators, administrators = [] }) => [...operators, ...administrators])
  const named = [...new Set(parties.map((party) => party.toLowerCase()))]
  const grouped = named.filter(isGroup).map((id) => seedGroup(id, request))
  const people = [
    ...named.filter((party) => !isGroup(party)),
    ...grouped.flatMap((each) => each.people),
    custodianOf(domain)
  ]
  return {
    tenant: { tenantId, displayName: namePrefix, domains: domainsOf(domain, namePrefix), skus: [E5] },
    users: people.map((person) => userOf(person, tenantId)),
    groups: grouped.flatMap((each) => each.groups),
    servicePrincipals: [
      ...FIRST_PARTY.map(
        ({ appId, displayName }): ServicePrincipalRecord => ({
          id: stableGuid(tenantId, `service principal ${appId}`),
          appId,
          displayName
        })
      ),
      signInApplication(tenantId)
    ],
    appRoleAssignments: people.flatMap((person) =>
      appRolesFor(
        tenantId,
        userId(tenantId, person),
        person === custodianOf(domain) ? ['Reader', 'Custodian'] : ofOperators
      )
    )
  }
}

/** The application that people sign in with, as infra/consent makes it. */
export const signInClientId = (tenantId: string): string => stableGuid(tenantId, 'sign-in/client')

const signInApplication = (tenantId: string): ServicePrincipalRecord => ({
  id: stableGuid(tenantId, 'sign-in/object'),
  appId: signInClientId(tenantId),
  displayName: 'Customer Key onboarding',
  appRoles: appRoles.map((value) => ({ id: stableGuid(tenantId, `app role ${value}`), value }))
})

const ofOperators = ['Reader', 'Operator', 'Approver']
const appRoles = [...ofOperators, 'Custodian']

/** Roles of that application for a person or a group; those of an operator, unless it is said which. */
export const appRolesFor = (
  tenantId: string,
  principalId: string,
  held: readonly string[] = ofOperators
): AppRoleAssignmentRecord[] =>
  held.map((value) => ({
    id: stableGuid(tenantId, `${value} of ${principalId}`),
    resourceId: stableGuid(tenantId, 'sign-in/object'),
    principalId,
    appRoleId: stableGuid(tenantId, `app role ${value}`)
  }))

/** A group of the request holds one person, and a group with another one. */
function seedGroup(
  id: string,
  { organization: { tenantId, domain } }: SeedRequest
): { people: string[]; groups: GroupRecord[] } {
  const tag = id.slice(0, 8)
  const [ann, ben] = [actorOf(id, domain), `ben.${tag}@${domain}`] as const
  const nested = stableGuid(tenantId, `group within ${id}`)
  const groups = [
    { id, displayName: `Customer Key ${tag}`, members: [userId(tenantId, ann), nested] },
    { id: nested, displayName: `Customer Key ${tag}, stand-ins`, members: [userId(tenantId, ben)] }
  ]
  return { people: [ann, ben], groups }
}

/** Every tenant keeps the `onmicrosoft.com` domain it was born with. */
function domainsOf(domain: string, namePrefix: string): TenantRecord['domains'] {
  const own = { id: domain, isVerified: true, isDefault: true, isInitial: domain.endsWith('.onmicrosoft.com') }
  if (own.isInitial) return [own]
  const id = `${namePrefix.toLowerCase()}.onmicrosoft.com`
  return [own, { id, isVerified: true, isDefault: false, isInitial: true }]
}

function userOf(userPrincipalName: string, tenantId: string): UserRecord {
  const name = userPrincipalName.split('@', 1)[0] ?? userPrincipalName
  return {
    id: userId(tenantId, userPrincipalName),
    userPrincipalName,
    displayName: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    mail: userPrincipalName
  }
}

// R37, R38.
const FIRST_PARTY = [
  { appId: '00000002-0000-0ff1-ce00-000000000000', displayName: 'Office 365 Exchange Online' },
  { appId: '00000003-0000-0ff1-ce00-000000000000', displayName: 'Office 365 SharePoint Online' },
  { appId: 'c066d759-24ae-40e7-a56f-027002b5d3e4', displayName: 'M365DataAtRestEncryption' }
]

// Microsoft 365 E5 with the plans an encryption person would look for.
// https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
const E5: SubscribedSku = {
  skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
  skuPartNumber: 'SPE_E5',
  capabilityStatus: 'Enabled',
  prepaidUnits: { enabled: 500, suspended: 0, warning: 0, lockedOut: 0 },
  consumedUnits: 412,
  servicePlans: [
    planOf('6db1f1db-2b46-403f-be40-e39395f08dbb', 'CUSTOMER_KEY'),
    planOf('9f431833-0334-42de-a7dc-70aa40db46db', 'LOCKBOX_ENTERPRISE'),
    planOf('efb87545-963c-4e0d-99df-69c6916d9eb0', 'EXCHANGE_S_ENTERPRISE'),
    planOf('5dbe027f-2339-4123-9542-606e4d348a72', 'SHAREPOINTENTERPRISE')
  ]
}

function planOf(servicePlanId: string, servicePlanName: string): SubscribedSku['servicePlans'][number] {
  return { servicePlanId, servicePlanName, provisioningStatus: 'Success', appliesTo: 'User' }
}
