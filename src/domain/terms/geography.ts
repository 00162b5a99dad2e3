import { shortRegion } from './short-region.ts'

/**
 * The security world of a region: a key backup can be restored only within it and within its subscription.
 * https://learn.microsoft.com/azure/key-vault/general/overview-security-worlds
 */
export function geographyOf(region: string): string {
  const short = shortRegion(region)
  return worlds.find(({ regions }) => regions.includes(short))?.name ?? `of ${short} alone`
}

const world = (name: string, regions: string) => ({ name, regions: regions.split(' ') })

/** A region that is not here counts as a world of its own: an unknown is not a yes (DESIGN rule 8). */
const worlds = [
  world(
    'United States',
    'eastus eastus2 eastus3 centralus northcentralus southcentralus westcentralus westus westus2 westus3'
  ),
  world('Europe', 'northeurope westeurope'),
  world('United Kingdom', 'uksouth ukwest'),
  world('France', 'francecentral francesouth'),
  world('Germany', 'germanywestcentral germanynorth'),
  world('Switzerland', 'switzerlandnorth switzerlandwest'),
  world('Norway', 'norwayeast norwaywest'),
  world('Sweden', 'swedencentral swedensouth'),
  world('Canada', 'canadacentral canadaeast'),
  world('Brazil', 'brazilsouth brazilsoutheast'),
  world('Australia', 'australiaeast australiasoutheast australiacentral australiacentral2'),
  world('Asia Pacific', 'eastasia southeastasia'),
  world('Japan', 'japaneast japanwest'),
  world('Korea', 'koreacentral koreasouth'),
  world('India', 'centralindia southindia westindia'),
  world('United Arab Emirates', 'uaenorth uaecentral'),
  world('South Africa', 'southafricanorth southafricawest')
] as const
