import type { LicenceSku } from '../resources/directory.ts'
import { retried } from './afterwards.ts'
import type { Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import { customerKeyPlan, licenceStanding, type LicenceStanding } from './licences.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** The tenant as Microsoft Graph shows it. */
export interface TenantObserved {
  readonly verifiedDomains: readonly string[]
  readonly skus: readonly LicenceSku[]
}

export interface TenantExpected {
  /** Of the request. */
  readonly domain: string
}

const developer: LicenceSku = {
  skuPartNumber: 'DEVELOPERPACK_E5',
  capabilityStatus: 'Enabled',
  enabledUnits: 25,
  servicePlans: [{ id: customerKeyPlan, status: 'Success' }]
}
const brokenTenant = (change: Partial<TenantObserved>) => ({
  observed: { verifiedDomains: ['DOMAIN'], skus: [], ...change },
  expected: { domain: 'DOMAIN' }
})

export const tenantChecks: readonly Check<TenantObserved, TenantExpected>[] = [
  {
    code: 'verified-domain',
    requirement: 'R8',
    on: 'tenant',
    expected: () => 'the domain is a verified domain of the tenant',
    holds: ({ verifiedDomains }, { domain }) => verifiedDomains.some((verified) => sameText(verified, domain)),
    describe: ({ verifiedDomains }) => `verified domains: ${verifiedDomains.join(', ') || 'none'}`,
    overridable: false,
    means:
      'The domain of the request is no verified domain of the tenant. Microsoft’s mailbox would be asked about a domain that is ' +
      'somebody else’s.',
    look: ['az rest --method get --url https://graph.microsoft.com/v1.0/domains --query "value[?isVerified].id"'],
    cure: (_, { domain }) =>
      `The tenant does not own ${domain}. Start anew with a verified domain, or with the tenant that owns this one. If it is ` +
      'merely not verified yet, verify it in the Microsoft 365 admin center, then retry.',
    afterwards: retried,
    broken: [brokenTenant({ verifiedDomains: ['ANOTHER_DOMAIN'] })]
  },
  {
    code: 'licence',
    requirement: 'R3',
    on: 'tenant',
    expected: () => 'an enabled licence that offers Customer Key',
    holds: ({ skus }) => licenceStanding(skus).standing === 'licensed',
    describe: ({ skus }) => licenceText(skus),
    overridable: {
      only: 'Not where the only licence is a developer’s',
      when: ({ skus }) => licenceStanding(skus).standing !== 'developer'
    },
    means:
      'No enabled licence of the tenant is known to offer Customer Key. Microsoft grants it with certain plans only (Office 365 ' +
      'E5, Microsoft 365 E5, the E5 Compliance and Information Protection add-ons and their A5, G5 and F5 kin).',
    look: [
      'az rest --method get --url https://graph.microsoft.com/v1.0/subscribedSkus --query ' +
        '"value[].{sku:skuPartNumber, state:capabilityStatus, seats:prepaidUnits.enabled}" --output table'
    ],
    cure: ({ skus }) => licenceCure(licenceStanding(skus)),
    afterwards: retried,
    broken: [
      brokenTenant({}),
      brokenTenant({ skus: [developer] }),
      brokenTenant({
        skus: [{ ...developer, skuPartNumber: 'SKU', servicePlans: [{ id: customerKeyPlan, status: 'Error' }] }]
      }),
      brokenTenant({
        skus: [{ ...developer, skuPartNumber: 'SKU', servicePlans: [{ id: customerKeyPlan, status: 'Disabled' }] }]
      }),
      ...['Warning', 'Suspended', 'LockedOut', 'Deleted', 'Enabled'].map((status) =>
        brokenTenant({ skus: [{ ...developer, skuPartNumber: 'SKU', capabilityStatus: status, enabledUnits: 0 }] })
      )
    ]
  }
]

function licenceCure(licence: LicenceStanding): string {
  if (licence.standing === 'developer')
    return 'A developer licence is not for production. Buy Office 365 E5, Microsoft 365 E5 or a compliance add-on, then retry.'
  if (licence.standing === 'unready') return unreadyCure(licence)
  if (licence.standing === 'lapsed')
    return lapsedCures[licence.status]?.(licence.sku) ?? unknownState(licence.sku, licence.status)
  return (
    'Buy Office 365 E5, Microsoft 365 E5 or a compliance add-on and retry; if you hold a licence that includes Customer Key ' +
    'but is not recognised here, override with its name and where Microsoft says so.'
  )
}

/** https://learn.microsoft.com/graph/api/resources/serviceplaninfo */
const unreadyCure = ({ sku, status }: { readonly sku: string; readonly status: string }): string =>
  `${sku} offers Customer Key, and Microsoft says ${status} of that service. ` +
  (unreadyCures[status] ??
    'It comes by itself as a rule: retry tomorrow. If it has not come then, open a case with Microsoft 365 support (admin ' +
      'center, Support). Another licence need not be bought.')

const unreadyCures: Readonly<Record<string, string>> = {
  PendingActivation:
    'An administrator must activate it in the Microsoft 365 admin center (Billing, Licenses). Then retry.',
  Disabled:
    'It does not come by itself: open a case with Microsoft 365 support (admin center, Support), and retry once they have turned it ' +
    'on. Before another licence is bought, ask there why this one does not do.'
}

const unknownState = (sku: string, status: string): string =>
  `${sku} offers Customer Key, and Microsoft says ${status} of it, which its documents did not name when this release was made. ` +
  'Look at it in the Microsoft 365 admin center (Billing, Your products), put right what it says there, then retry.'

const noSeats = (sku: string): string =>
  `${sku} offers Customer Key and has no enabled seats. Look at it in the Microsoft 365 admin center (Billing, Your products), add ` +
  'seats, then retry.'

/** https://learn.microsoft.com/graph/api/resources/licenseunitsdetail, …/subscribedsku */
const lapsedCures: Readonly<Record<string, (sku: string) => string>> = {
  Enabled: noSeats,
  Warning: (sku) =>
    `${sku} offers Customer Key and has expired: it is in its grace period. Renew it in the Microsoft 365 admin center (Billing, Your ` +
    'products) before Microsoft suspends it, then retry. Another need not be bought.',
  Suspended: (sku) =>
    `${sku} offers Customer Key and is suspended: its seats cannot be used until it is reactivated. Reactivate it in the Microsoft 365 ` +
    'admin center (Billing, Your products) before it is deleted, then retry. Another need not be bought.',
  LockedOut: (sku) =>
    `${sku} offers Customer Key and was cancelled by the organization. Have whoever looks after billing take it up again (Microsoft ` +
    '365 admin center, Billing, Your products), then retry.',
  Deleted: (sku) =>
    `${sku} offered Customer Key and is deleted: it cannot be reactivated. Buy it or another that offers Customer Key again, then retry.`
}

/** Who has a licence in its grace period uses it as before. */
const lapsedTexts: Readonly<Record<string, string>> = {
  Enabled: ', no enabled seats',
  Warning: ', in its grace period',
  Suspended: ', no seats that may be used'
}

function licenceText(skus: readonly LicenceSku[]): string {
  const licence = licenceStanding(skus)
  if (licence.standing === 'lapsed') return `${licence.sku}: ${licence.status}${lapsedTexts[licence.status] ?? ''}`
  if (licence.standing === 'unready') return `${licence.sku}: its Customer Key is ${licence.status}`
  if (licence.standing !== 'unknown') return `${licence.sku}: ${licence.standing}`
  return `none known among ${skus.map(({ skuPartNumber }) => skuPartNumber).join(', ') || 'no licences'}`
}

/** Microsoft's service principal of one workload. */
export interface ServicePrincipalObserved {
  readonly appId: string
  /** Differs per tenant; absent when the application is not known there. */
  readonly objectId: string | undefined
  readonly displayName: string | undefined
  /** Whether Entra gives it tokens; undefined where the directory does not say. */
  readonly enabled: boolean | undefined
}

export interface ServicePrincipalExpected {
  readonly workload: Workload
}

const brokenPrincipal = (change: Partial<ServicePrincipalObserved>) => ({
  observed: { ...workloads.exchange, objectId: 'OBJECT_ID', enabled: true, ...change },
  expected: { workload: 'exchange' } as const
})

export const servicePrincipalChecks: readonly Check<ServicePrincipalObserved, ServicePrincipalExpected>[] = [
  {
    code: 'service-principal',
    requirement: 'R37',
    on: 'application',
    expected: () => 'the application of the workload is known in the tenant',
    holds: ({ appId, objectId }, { workload }) => appId === workloads[workload].appId && objectId !== undefined,
    describe: ({ appId, objectId }) =>
      objectId === undefined ? `application ${appId} is absent` : `application ${appId}, object ${objectId}`,
    overridable: false,
    means:
      'The application of Microsoft’s service for this workload has no service principal in the tenant. No vault can grant it ' +
      'anything.',
    look: [`az ad sp list --filter "appId eq 'APP_ID'" --query "[].{id:id, name:displayName}"`],
    cure: (_, { workload }) =>
      `As an administrator of the tenant run New-AzADServicePrincipal -ApplicationId ${workloads[workload].appId} (az ad sp create ` +
      `--id ${workloads[workload].appId}), once, then retry.`,
    afterwards: retried,
    broken: [brokenPrincipal({ objectId: undefined })]
  },
  {
    code: 'service-principal-name',
    requirement: 'R38',
    on: 'application',
    expected: () => 'the display name that Microsoft documents for the workload',
    appliesTo: ({ objectId }) => objectId !== undefined,
    holds: ({ displayName }, { workload }) => displayName === workloads[workload].displayName,
    describe: ({ displayName }) => `display name ${displayName ?? 'unknown'}`,
    overridable: true,
    means:
      'The service principal does not carry the display name that Microsoft documents. Microsoft does rename applications; an ' +
      'impostor would also look like this.',
    look: [
      'az ad sp show --id APP_ID --query "{name:displayName, publisher:publisherName, owner:appOwnerOrganizationId}"'
    ],
    cure: ({ appId }, { workload }) =>
      `Microsoft calls it ${workloads[workload].displayName}. Confirm in Entra that ${appId} is Microsoft’s own application: its ` +
      'appOwnerOrganizationId is f8cdef31-a31e-4b4a-93e4-5f571e91255a. If it was renamed, override with what you found; if it is ' +
      'not Microsoft’s, stop, and look into who made it.',
    afterwards: retried,
    broken: [brokenPrincipal({ displayName: 'ANOTHER_NAME' })]
  },
  {
    code: 'service-principal-enabled',
    requirement: 'R36',
    on: 'application',
    expected: () => 'an application that Entra gives tokens',
    appliesTo: ({ objectId }) => objectId !== undefined,
    holds: ({ enabled }) => enabled === true,
    describe: ({ enabled }) => (enabled === undefined ? 'not said' : enabled ? 'enabled' : 'disabled'),
    overridable: {
      only: 'Only where the directory does not say: an unknown is for an operator to judge',
      when: ({ enabled }) => enabled === undefined
    },
    means:
      'Somebody disabled the service principal of Microsoft’s service in the tenant (AADSTS7000112). Entra gives it no tokens then, ' +
      'so that it can neither wrap nor unwrap with any key, whatever the vaults allow. Microsoft recommends it of none of its own ' +
      'applications.',
    look: ['az ad sp show --id APP_ID --query "{name:displayName, enabled:accountEnabled}"'],
    cure: ({ appId, enabled }) =>
      enabled === undefined
        ? `Look in the Entra admin center (Enterprise applications, ${appId}, Properties) whether users may sign in. If they may, ` +
          'override with what you saw.'
        : `Find out who disabled ${appId} and why, then enable it as an administrator of the tenant: az ad sp update --id ${appId} ` +
          '--set accountEnabled=true (Entra admin center, Enterprise applications, its Properties, Enabled for users to sign in), ' +
          'and retry.',
    afterwards: `The directory may take minutes to show it. ${retried}`,
    broken: [
      brokenPrincipal({ enabled: false }),
      { where: 'the directory does not say', ...brokenPrincipal({ enabled: undefined }) }
    ]
  }
]
