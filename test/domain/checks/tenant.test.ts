import type { LicenceSku } from '../../../src/domain/resources/directory.ts'
import { describe, expect, test } from 'vitest'
import {
  servicePrincipalChecks,
  tenantChecks,
  type ServicePrincipalObserved
} from '../../../src/domain/checks/tenant.ts'
import { workloadNames, workloads, type Workload } from '../../../src/domain/terms/workloads.ts'
import { findingsOf } from '../holding.ts'
import { matching } from '../matching.ts'

const customerKey = { id: '6DB1F1DB-2B46-403F-BE40-E39395F08DBB', status: 'Success' }
const e5: LicenceSku = {
  skuPartNumber: 'SPE_E5',
  capabilityStatus: 'Enabled',
  enabledUnits: 25,
  servicePlans: [customerKey]
}
const developer: LicenceSku = { ...e5, skuPartNumber: 'DEVELOPERPACK_E5' }
const e3: LicenceSku = { ...e5, skuPartNumber: 'SPE_E3', servicePlans: [] }

const found = (skus: readonly LicenceSku[], verifiedDomains: readonly string[] = ['Contoso.com']) =>
  findingsOf(tenantChecks, { verifiedDomains, skus }, { domain: 'contoso.com' })

describe('the licence', () => {
  test('is any enabled SKU that carries the Customer Key plan', () => {
    expect(found([e3, e5])).toEqual({})
  })

  test('may be Office 365 Advanced Compliance, which carries no such plan', () => {
    expect(found([{ ...e3, skuPartNumber: 'EQUIVIO_ANALYTICS' }])).toEqual({})
  })

  test.each<[string, LicenceSku]>([
    ['suspended', { ...e5, capabilityStatus: 'Suspended' }],
    ['without units', { ...e5, enabledUnits: 0 }],
    ['without the plan', e3]
  ])('is unknown where the SKU is %s, and takes a reason', (_title, sku) => {
    expect(found([sku])).toMatchObject({ licence: { requirement: 'R3', overridable: true } })
  })

  // https://learn.microsoft.com/graph/api/resources/subscribedsku: what each state means stands at licenseUnitsDetail.
  test.each([
    ['Warning', /expired.*grace.*Renew/],
    ['Suspended', /suspended.*Reactivate/],
    ['LockedOut', /cancelled by the organization.*take it up again/],
    ['Deleted', /deleted.*Buy/],
    ['Enabled', /no enabled seats.*add seats/],
    ['Postponed', /says Postponed of it.*did not name/]
  ])('that is %s has a cure of its own, by its name', (capabilityStatus, cure) => {
    const sku = { ...e5, capabilityStatus, enabledUnits: 0 }
    const { licence } = found([e3, sku])
    expect(licence).toMatchObject({
      requirement: 'R3',
      observed: expect.stringContaining(`${e5.skuPartNumber}: ${capabilityStatus}`)
    })
    expect(licence).toMatchObject({ remedy: expect.stringMatching(cure) })
    if (capabilityStatus !== 'Deleted') expect(found([developer, sku])).toEqual({ licence })
    expect(found([e5, sku])).toEqual({})
  })

  test('is named by the one that is brought back with the least, in whatever order they are listed', () => {
    const deleted = { ...e5, skuPartNumber: 'OLD_E5', capabilityStatus: 'Deleted', enabledUnits: 0 }
    const inGrace = { ...e5, capabilityStatus: 'Warning', enabledUnits: 0 }
    expect(found([deleted, inGrace])).toMatchObject({ licence: { remedy: expect.stringMatching(/Renew/) } })
    expect(found([deleted, inGrace])).toEqual(found([inGrace, deleted]))
  })

  test('is no developer subscription’s, and nobody may override that', () => {
    expect(found([developer])).toMatchObject({ licence: { overridable: false } })
  })

  test('is a developer’s also where the other one is deleted, since that cannot come back', () => {
    const deleted = { ...e5, capabilityStatus: 'Deleted', enabledUnits: 0 }
    expect(found([developer, deleted])).toEqual(found([developer]))
  })

  // https://learn.microsoft.com/graph/api/resources/serviceplaninfo
  test.each([
    ['PendingProvisioning', /retry tomorrow/],
    ['PendingInput', /retry tomorrow/],
    ['Error', /retry tomorrow.*support/],
    ['Unheard', /support/],
    ['PendingActivation', /activate it/],
    ['Disabled', /does not come by itself: open a case with Microsoft 365 support/]
  ])('whose service is %s is not there yet, and need not be bought again', (status, cure) => {
    const unready = { ...e5, servicePlans: [{ ...customerKey, status }] }
    expect(found([unready])).toMatchObject({
      licence: {
        observed: `SPE_E5: its Customer Key is ${status}`,
        remedy: expect.stringMatching(cure),
        overridable: true
      }
    })
    expect(found([unready, e5])).toEqual({})
  })

  test('whose service is disabled is named only where no other might come back', () => {
    const disabled = { ...e5, skuPartNumber: 'OTHER_E5', servicePlans: [{ ...customerKey, status: 'Disabled' }] }
    const coming = { ...e5, servicePlans: [{ ...customerKey, status: 'PendingInput' }] }
    const inGrace = { ...e5, capabilityStatus: 'Warning' }
    for (const other of [coming, inGrace])
      for (const skus of [
        [disabled, other],
        [other, disabled]
      ])
        expect(found(skus)).toEqual(found([other]))
    expect(found([disabled, e5])).toEqual({})
    expect(found([developer, disabled])).toEqual(found([disabled]))
  })

  test('in its grace period is not said to have no seats', () => {
    expect(found([{ ...e5, capabilityStatus: 'Warning' }])).toMatchObject({
      licence: { observed: 'SPE_E5: Warning, in its grace period' }
    })
  })

  test('may be unknown beside a developer subscription', () => {
    expect(found([developer, e3])).toMatchObject({ licence: { overridable: true } })
    expect(found([developer, e5])).toEqual({})
  })
})

test('the domain is one the tenant has verified', () => {
  expect(found([e5], ['fabrikam.com'])).toMatchObject({ 'verified-domain': { requirement: 'R8', overridable: false } })
})

describe('Microsoft’s service principal', () => {
  const seen = (change: Partial<ServicePrincipalObserved>, workload: Workload = 'exchange') => {
    const { appId, displayName } = workloads.exchange
    const known = { appId, objectId: 'object', displayName, enabled: true }
    return findingsOf(servicePrincipalChecks, { ...known, ...change }, { workload })
  }

  test('passes under its documented id and name', () => {
    for (const workload of workloadNames) expect(seen(workloads[workload], workload)).toEqual({})
  })

  test('that is absent is one finding with the command that registers it', () => {
    expect(Object.values(seen({ objectId: undefined, displayName: undefined }))).toMatchObject([
      {
        requirement: 'R37',
        remedy: matching(/New-AzADServicePrincipal -ApplicationId 00000002-0000-0ff1-ce00-000000000000/),
        overridable: false
      }
    ])
  })

  test('of another workload does not pass', () => {
    expect(Object.keys(seen({ ...workloads.sharepoint }))).toEqual(['service-principal', 'service-principal-name'])
  })

  // https://learn.microsoft.com/troubleshoot/entra/entra-id/app-integration/error-code-aadsts7000112-application-is-disabled
  test('that is disabled gets no tokens, and what the directory does not say is for a person to see', () => {
    expect(seen({ enabled: false })).toMatchObject({
      'service-principal-enabled': {
        requirement: 'R36',
        observed: 'disabled',
        remedy: matching(/az ad sp update --id 00000002-0000-0ff1-ce00-000000000000 --set accountEnabled=true/),
        overridable: false
      }
    })
    expect(seen({ enabled: undefined })).toMatchObject({
      'service-principal-enabled': { observed: 'not said', overridable: true }
    })
  })

  test('under another name takes a reason', () => {
    expect(seen({ displayName: 'Exchange' })).toMatchObject({
      'service-principal-name': { requirement: 'R38', overridable: true }
    })
  })
})
