/** Where an Azure cloud's services are. */
export interface Cloud {
  /** As Azure's tools name it. */
  readonly name: string
  readonly resourceManager: string
  readonly graph: string
  /** Where tokens for a vault's data plane are for; vaults themselves are at `https://{name}{vaultSuffix}`. */
  readonly keyVault: string
  readonly vaultSuffix: string
  readonly blobSuffix: string
  readonly mail: string
  readonly mailSuffix: string
}

/** The one cloud that this app knows. */
export const publicCloud: Cloud = {
  name: 'AzureCloud',
  resourceManager: 'https://management.azure.com',
  graph: 'https://graph.microsoft.com',
  keyVault: 'https://vault.azure.net',
  vaultSuffix: '.vault.azure.net',
  blobSuffix: '.blob.core.windows.net',
  mail: 'https://communication.azure.com',
  mailSuffix: '.communication.azure.com'
}

/**
 * Why a cloud cannot be used; undefined for the public one. The others have Customer Key of their own, with other
 * aliases, portals and applications, which nobody here has read or rehearsed.
 */
export function whyNotCloud(name: string): string | undefined {
  if (name === publicCloud.name) return undefined
  const known = Object.entries(others).find(([other]) => other.toLowerCase() === name.toLowerCase())
  const title = known ? `${known[0]} (${known[1].title})` : name
  return `is ${title}; this app knows ${publicCloud.name} only: its endpoints, Microsoft's aliases and applications differ elsewhere`
}

/** The other cloud that an address belongs to, by name; undefined when it is of none of them. */
export function otherCloudOf(address: string): string | undefined {
  const host = address
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/\/.*$/, '')
  return Object.entries(others).find(([, { domains }]) => domains.some((domain) => host.endsWith(domain)))?.[0]
}

/** The other cloud that a region is in, by name. Source: AzureLocation of azure-sdk-for-net, which lists all of them. */
export const otherCloudOfRegion = (region: string): string | undefined =>
  Object.entries(others).find(([, { regions }]) => regions.test(region))?.[0]

interface OtherCloud {
  readonly title: string
  /** Ends of the names of its services, and of its tenants in Microsoft 365. */
  readonly domains: readonly string[]
  readonly regions: RegExp
}

const others: Readonly<Record<string, OtherCloud>> = {
  AzureUSGovernment: {
    title: 'Azure Government',
    domains: [
      '.usgovcloudapi.net',
      '.azure.us',
      '.microsoft.us',
      '.onmicrosoft.us',
      '.sharepoint.us',
      '.sharepoint-mil.us'
    ],
    regions: /^us(gov|dod|nat|sec)/i
  },
  AzureChinaCloud: {
    title: 'Azure operated by 21Vianet',
    domains: ['.chinacloudapi.cn', '.azure.cn', '.onmschina.cn', '.sharepoint.cn'],
    regions: /^china/i
  },
  AzureGermanCloud: {
    title: 'Azure Germany, closed in 2021',
    domains: ['.cloudapi.de', '.microsoftazure.de', '.onmicrosoft.de', '.sharepoint.de'],
    regions: /^germany(central|northeast)$/i
  }
}
