import { AzureError } from '../core/service.ts'

/** The region in Azure's short spelling. Throws 400 for a region that Azure does not have. */
export function requireRegion(location: unknown, resourceType: string): string {
  const name = typeof location === 'string' ? location.replaceAll(' ', '').toLowerCase() : ''
  if (name === '') throw new AzureError(400, 'LocationRequired', 'The location property is required.')
  if (REGIONS.includes(name)) return name
  throw new AzureError(400, 'LocationNotAvailableForResourceType',
    `The provided location '${String(location)}' is not available for resource type '${resourceType}'. ` +
    `List of available regions for the resource type is '${REGIONS.join(',')}'.`)
}

/** Public regions of Azure: https://learn.microsoft.com/azure/reliability/regions-list */
const REGIONS = [
  'australiacentral', 'australiacentral2', 'australiaeast', 'australiasoutheast', 'austriaeast', 'belgiumcentral',
  'brazilsouth', 'brazilsoutheast', 'canadacentral', 'canadaeast', 'centralindia', 'centralus', 'chilecentral',
  'denmarkeast', 'eastasia', 'eastus', 'eastus2', 'francecentral', 'francesouth', 'germanynorth',
  'germanywestcentral', 'indonesiacentral', 'israelcentral', 'italynorth', 'japaneast', 'japanwest', 'koreacentral',
  'koreasouth', 'malaysiawest', 'mexicocentral', 'newzealandnorth', 'northcentralus', 'northeurope', 'norwayeast',
  'norwaywest', 'polandcentral', 'qatarcentral', 'southafricanorth', 'southafricawest', 'southcentralus',
  'southeastasia', 'southindia', 'spaincentral', 'swedencentral', 'swedensouth', 'switzerlandnorth',
  'switzerlandwest', 'uaecentral', 'uaenorth', 'uksouth', 'ukwest', 'westcentralus', 'westeurope', 'westindia',
  'westus', 'westus2', 'westus3'
]
