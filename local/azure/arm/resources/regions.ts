import { AzureError } from '../../core/service.ts'

/** The region in Azure's short spelling. Throws 400 for a region that Azure does not have. */
export function requireRegion(location: unknown, resourceType: string): string {
  const name = typeof location === 'string' ? location.replaceAll(' ', '').toLowerCase() : ''
  if (name === '') throw new AzureError(400, 'LocationRequired', 'The location property is required.')
  if (NAMES.includes(name)) return name
  throw new AzureError(
    400,
    'LocationNotAvailableForResourceType',
    `The provided location '${String(location)}' is not available for resource type '${resourceType}'. ` +
      `List of available regions for the resource type is '${NAMES.join(',')}'.`
  )
}

/** Public regions of Azure, as ARM shows them: https://learn.microsoft.com/azure/reliability/regions-list */
export const regionNames = [
  'Australia Central',
  'Australia Central 2',
  'Australia East',
  'Australia Southeast',
  'Austria East',
  'Belgium Central',
  'Brazil South',
  'Brazil Southeast',
  'Canada Central',
  'Canada East',
  'Central India',
  'Central US',
  'Chile Central',
  'Denmark East',
  'East Asia',
  'East US',
  'East US 2',
  'France Central',
  'France South',
  'Germany North',
  'Germany West Central',
  'Indonesia Central',
  'Israel Central',
  'Italy North',
  'Japan East',
  'Japan West',
  'Korea Central',
  'Korea South',
  'Malaysia West',
  'Mexico Central',
  'New Zealand North',
  'North Central US',
  'North Europe',
  'Norway East',
  'Norway West',
  'Poland Central',
  'Qatar Central',
  'South Africa North',
  'South Africa West',
  'South Central US',
  'Southeast Asia',
  'South India',
  'Spain Central',
  'Sweden Central',
  'Sweden South',
  'Switzerland North',
  'Switzerland West',
  'UAE Central',
  'UAE North',
  'UK South',
  'UK West',
  'West Central US',
  'West Europe',
  'West India',
  'West US',
  'West US 2',
  'West US 3'
]

const NAMES = regionNames.map((name) => name.replaceAll(' ', '').toLowerCase())
