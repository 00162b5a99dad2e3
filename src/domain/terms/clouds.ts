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

const others: Readonly<Record<string, { readonly title: string; readonly domains: readonly string[] }>> = {
  AzureUSGovernment: { title: 'Azure Government', domains: ['.usgovcloudapi.net', '.azure.us', '.microsoft.us'] },
  AzureChinaCloud: { title: 'Azure operated by 21Vianet', domains: ['.chinacloudapi.cn', '.azure.cn'] },
  AzureGermanCloud: { title: 'Azure Germany, closed in 2021', domains: ['.cloudapi.de', '.microsoftazure.de'] }
}
