import type { LicenceSku } from '../resources/directory.ts'
/** Whether the tenant is licensed for Customer Key (R3), and by which SKU. */
export type LicenceStanding =
  | { readonly standing: 'licensed'; readonly sku: string }
  | { readonly standing: 'developer'; readonly sku: string }
  /** One that grants it is there, and Microsoft does not let the tenant use it as it should be; `status` is Microsoft's word. */
  | { readonly standing: 'lapsed'; readonly sku: string; readonly status: string }
  | { readonly standing: 'unknown' }

/**
 * A SKU licenses Customer Key when it carries the service plan CUSTOMER_KEY. Office 365 Advanced Compliance, which
 * Microsoft still accepts, is older than the plan and known by its name. Developer subscriptions carry the plan but
 * are not for production data.
 */
export function licenceStanding(skus: readonly LicenceSku[]): LicenceStanding {
  const granting = skus.filter((sku) => isUsable(sku) && grantsCustomerKey(sku))
  const production = granting.find((sku) => !isDeveloper(sku))
  if (production !== undefined) return { standing: 'licensed', sku: production.skuPartNumber }
  const [lapsed] = skus
    .filter((sku) => !isUsable(sku) && grantsCustomerKey(sku) && !isDeveloper(sku))
    .toSorted((one, other) => wayBack(one) - wayBack(other))
  if (lapsed !== undefined) return { standing: 'lapsed', sku: lapsed.skuPartNumber, status: lapsed.capabilityStatus }
  const onlyDevelopers = skus.filter(isUsable).every(isDeveloper)
  const [developer] = granting
  return developer !== undefined && onlyDevelopers
    ? { standing: 'developer', sku: developer.skuPartNumber }
    : { standing: 'unknown' }
}

const customerKeyPlan = '6db1f1db-2b46-403f-be40-e39395f08dbb'

const isUsable = ({ capabilityStatus, enabledUnits }: LicenceSku): boolean =>
  capabilityStatus === 'Enabled' && enabledUnits > 0

const grantsCustomerKey = ({ skuPartNumber, servicePlans }: LicenceSku): boolean =>
  skuPartNumber === 'EQUIVIO_ANALYTICS' ||
  servicePlans.some(({ id, status }) => id.toLowerCase() === customerKeyPlan && status !== 'Disabled')

const isDeveloper = ({ skuPartNumber }: LicenceSku): boolean => skuPartNumber.startsWith('DEVELOPERPACK')

/** What is named is the one that is brought back with the least: nobody buys again beside one in its grace period. */
const wayBack = ({ capabilityStatus }: LicenceSku): number =>
  ['Warning', 'Enabled', 'Suspended', 'LockedOut', 'Deleted'].indexOf(capabilityStatus)
