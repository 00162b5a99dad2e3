import type { LicenceSku } from '../resources/directory.ts'

/** Whether the tenant is licensed for Customer Key (R3), and by which SKU. */
export type LicenceStanding =
  | { readonly standing: 'licensed'; readonly sku: string }
  | { readonly standing: 'developer'; readonly sku: string }
  /** One that grants it is there, and Microsoft does not let the tenant use it as it should be; `status` is Microsoft's word. */
  | { readonly standing: 'lapsed'; readonly sku: string; readonly status: string }
  /** One that grants it may be used, and the service itself is not there yet; `status` is Microsoft's word. */
  | { readonly standing: 'unready'; readonly sku: string; readonly status: string }
  | { readonly standing: 'unknown' }

/**
 * A SKU licenses Customer Key when it carries the service plan CUSTOMER_KEY. Office 365 Advanced Compliance, which
 * Microsoft still accepts, is older than the plan and known by its name. Developer subscriptions carry the plan but
 * are not for production data.
 */
export function licenceStanding(skus: readonly LicenceSku[]): LicenceStanding {
  const granting = skus.filter((sku) => isUsable(sku) && grantsCustomerKey(sku))
  const production = granting.filter((sku) => !isDeveloper(sku))
  const ready = production.find(isReady)
  if (ready !== undefined) return { standing: 'licensed', sku: ready.skuPartNumber }
  const [disabled, [coming]] = [production.filter(isDisabled), production.filter((sku) => !isDisabled(sku))]
  if (coming !== undefined) return unready(coming)
  const onlyDevelopers = skus.filter(isUsable).every(isDeveloper)
  const [developer] = onlyDevelopers ? granting : []
  const [lapsed] = skus
    .filter((sku) => !isUsable(sku) && grantsCustomerKey(sku) && !isDeveloper(sku))
    .toSorted((one, other) => wayBack(one) - wayBack(other))
  // What is deleted cannot come back: beside it a developer's licence is the only one.
  if (lapsed !== undefined && (developer === undefined || lapsed.capabilityStatus !== 'Deleted'))
    return { standing: 'lapsed', sku: lapsed.skuPartNumber, status: lapsed.capabilityStatus }
  if (developer !== undefined) return { standing: 'developer', sku: developer.skuPartNumber }
  return disabled[0] ? unready(disabled[0]) : { standing: 'unknown' }
}

const unready = (sku: LicenceSku): LicenceStanding => ({
  standing: 'unready',
  sku: sku.skuPartNumber,
  status: planStatus(sku) ?? ''
})

export const customerKeyPlan = '6db1f1db-2b46-403f-be40-e39395f08dbb'

const isUsable = ({ capabilityStatus, enabledUnits }: LicenceSku): boolean =>
  capabilityStatus === 'Enabled' && enabledUnits > 0

const grantsCustomerKey = (sku: LicenceSku): boolean => isOlder(sku) || planStatus(sku) !== undefined

/** States of a plan: https://learn.microsoft.com/graph/api/resources/serviceplaninfo. One that is not known there is not ready. */
const isReady = (sku: LicenceSku): boolean => isOlder(sku) || planStatus(sku) === 'Success'

const planStatus = ({ servicePlans }: LicenceSku): string | undefined =>
  servicePlans.find(({ id }) => id.toLowerCase() === customerKeyPlan)?.status

/** Nobody but Microsoft’s support turns it on: what else might come back comes first. */
const isDisabled = (sku: LicenceSku): boolean => planStatus(sku) === 'Disabled'

const isOlder = ({ skuPartNumber }: LicenceSku): boolean => skuPartNumber === 'EQUIVIO_ANALYTICS'

const isDeveloper = ({ skuPartNumber }: LicenceSku): boolean => skuPartNumber.startsWith('DEVELOPERPACK')

/** What is named is the one that is brought back with the least: nobody buys again beside one in its grace period. */
function wayBack({ capabilityStatus }: LicenceSku): number {
  const known = ['Warning', 'Enabled', 'Suspended', 'LockedOut'].indexOf(capabilityStatus)
  if (known !== -1) return known
  return capabilityStatus === 'Deleted' ? 9 : 8 // of a state that no document names nobody knows how it is brought back
}
