import { publicCloud } from '../domain/terms/clouds.ts'
import type { CallPlace } from '../domain/terms/refused.ts'

/** What a call was about, out of its address. */
export function placeOf(url: string | undefined): CallPlace {
  const parsed = url === undefined ? null : URL.parse(url)
  if (!parsed) return {}
  const path = decodeURIComponent(parsed.pathname)
  const [name = ''] = parsed.hostname.split('.', 1)
  if (parsed.hostname.endsWith(publicCloud.vaultSuffix))
    return { vault: name, ...part('key', /\/keys\/([^/]+)/i, path) }
  if (parsed.hostname.endsWith(publicCloud.blobSuffix)) return { store: name }
  return {
    ...part('subscriptionId', /\/subscriptions\/([0-9a-f-]{36})/i, path),
    ...part('resourceGroup', /\/resourceGroups\/([^/]+)/i, path),
    ...part('vault', /\/Microsoft\.KeyVault\/vaults\/([^/]+)/i, path)
  }
}

function part<Name extends keyof CallPlace>(name: Name, pattern: RegExp, path: string): Pick<CallPlace, Name> | object {
  const found = pattern.exec(path)?.[1]
  return found === undefined ? {} : { [name]: found }
}
