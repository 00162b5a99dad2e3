import { always, never, type Check } from './checks.ts'
import { sameText } from '../terms/same-text.ts'
import { licenceStanding, type Sku } from './licences.ts'
import { workloads, type Workload } from '../terms/workloads.ts'

/** The tenant as Microsoft Graph shows it. */
export interface TenantSeen {
  /** The domain of the request. */
  readonly domain: string
  readonly verifiedDomains: readonly string[]
  readonly skus: readonly Sku[]
}

export const tenantChecks: readonly Check<TenantSeen>[] = [
  {
    code: 'verified-domain',
    requirement: 'R8',
    expected: 'the domain is a verified domain of the tenant',
    holds: ({ domain, verifiedDomains }) => verifiedDomains.some((verified) => sameText(verified, domain)),
    describe: ({ verifiedDomains }) => `verified domains: ${verifiedDomains.join(', ') || 'none'}`,
    remedy: ({ domain }) =>
      `The tenant does not own ${domain}. Start anew with a verified domain, or with the tenant that owns this one.`,
    overridable: never
  },
  {
    code: 'licence',
    requirement: 'R3',
    expected: 'an enabled licence that offers Customer Key',
    holds: ({ skus }) => licenceStanding(skus).standing === 'licensed',
    describe: ({ skus }) => licenceText(skus),
    remedy: ({ skus }) =>
      licenceStanding(skus).standing === 'developer'
        ? 'A developer licence is not for production. Buy Office 365 E5, Microsoft 365 E5 or a compliance add-on, ' +
          'then retry.'
        : 'Buy Office 365 E5, Microsoft 365 E5 or a compliance add-on and retry; if you hold a licence that includes ' +
          'Customer Key but is not recognised here, override with its name.',
    overridable: ({ skus }) => licenceStanding(skus).standing !== 'developer'
  }
]

function licenceText(skus: readonly Sku[]): string {
  const licence = licenceStanding(skus)
  if (licence.standing !== 'unknown') return `${licence.sku}: ${licence.standing}`
  return `none known among ${skus.map(({ skuPartNumber }) => skuPartNumber).join(', ') || 'no licences'}`
}

/** Microsoft's service principal of one workload. */
export interface ServicePrincipalSeen {
  readonly workload: Workload
  readonly appId: string
  /** Differs per tenant; absent when the application is not known there. */
  readonly objectId: string | undefined
  readonly displayName: string | undefined
}

export const servicePrincipalChecks: readonly Check<ServicePrincipalSeen>[] = [
  {
    code: 'service-principal',
    requirement: 'R37',
    expected: 'the application of the workload is known in the tenant',
    holds: ({ workload, appId, objectId }) => appId === workloads[workload].appId && objectId !== undefined,
    describe: ({ appId, objectId }) =>
      objectId === undefined ? `application ${appId} is absent` : `application ${appId}, object ${objectId}`,
    remedy: ({ workload }) =>
      'As an administrator of the tenant run New-AzADServicePrincipal -ApplicationId ' +
      `${workloads[workload].appId}, then retry.`,
    overridable: never
  },
  {
    code: 'service-principal-name',
    requirement: 'R38',
    expected: 'the display name that Microsoft documents for the workload',
    appliesTo: ({ objectId }) => objectId !== undefined,
    holds: ({ workload, displayName }) => displayName === workloads[workload].displayName,
    describe: ({ displayName }) => `display name ${displayName ?? 'unknown'}`,
    remedy: ({ workload, appId }) =>
      `Microsoft calls it ${workloads[workload].displayName}. Confirm in Entra that ${appId} is Microsoft’s own ` +
      'application; if it was renamed, override with what you found.',
    overridable: always
  }
]
