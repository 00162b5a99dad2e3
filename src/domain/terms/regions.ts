import { geographyOf } from './geography.ts'

/** Parts of the world that Microsoft 365 keeps data in; wider than an Azure geography. */
type Area = 'North America' | 'South America' | 'Europe' | 'Asia and Pacific' | 'Middle East and Africa'

/** Undefined for a region that the app does not know, as a new one: Azure itself then says whether there is such a region. */
export const areaOf = (region: string): Area | undefined => areas[geographyOf(region)] ?? loneRegions[region]

/** Whether a region lies in a place of Microsoft 365 (`Geography.place`); undefined for an unknown region. */
export function liesIn(region: string, place: string): boolean | undefined {
  const area = areaOf(region)
  return area === undefined ? undefined : area === place || geographyOf(region) === place
}

/** Whether Azure recovers the two regions one after the other: what befalls one may then befall both keys. */
export const arePaired = (first: string, second: string): boolean => pairs.includes([first, second].sort().join(' '))

const areas: Readonly<Partial<Record<string, Area>>> = {
  'United States': 'North America',
  Canada: 'North America',
  Brazil: 'South America',
  Europe: 'Europe',
  'United Kingdom': 'Europe',
  France: 'Europe',
  Germany: 'Europe',
  Switzerland: 'Europe',
  Norway: 'Europe',
  Sweden: 'Europe',
  'Asia Pacific': 'Asia and Pacific',
  Australia: 'Asia and Pacific',
  Japan: 'Asia and Pacific',
  Korea: 'Asia and Pacific',
  India: 'Asia and Pacific',
  'United Arab Emirates': 'Middle East and Africa',
  'South Africa': 'Middle East and Africa'
}

/** Regions that are the only one of their geography, where no backup could be restored in another. */
const loneRegions: Readonly<Partial<Record<string, Area>>> = {
  mexicocentral: 'North America',
  chilecentral: 'South America',
  austriaeast: 'Europe',
  belgiumcentral: 'Europe',
  denmarkeast: 'Europe',
  italynorth: 'Europe',
  polandcentral: 'Europe',
  spaincentral: 'Europe',
  indonesiacentral: 'Asia and Pacific',
  malaysiawest: 'Asia and Pacific',
  newzealandnorth: 'Asia and Pacific',
  taiwannorth: 'Asia and Pacific',
  taiwannorthwest: 'Asia and Pacific',
  israelcentral: 'Middle East and Africa',
  qatarcentral: 'Middle East and Africa'
}

/** https://learn.microsoft.com/azure/reliability/regions-paired, each in alphabetical order. */
const pairs: readonly string[] = [
  'australiacentral australiacentral2',
  'australiaeast australiasoutheast',
  'brazilsouth southcentralus',
  'canadacentral canadaeast',
  'centralindia southindia',
  'centralus eastus2',
  'eastasia southeastasia',
  'eastus westus',
  'eastus westus3',
  'francecentral francesouth',
  'germanynorth germanywestcentral',
  'japaneast japanwest',
  'koreacentral koreasouth',
  'northcentralus southcentralus',
  'northeurope westeurope',
  'norwayeast norwaywest',
  'southafricanorth southafricawest',
  'swedencentral swedensouth',
  'switzerlandnorth switzerlandwest',
  'uaecentral uaenorth',
  'uksouth ukwest',
  'westcentralus westus2'
]
