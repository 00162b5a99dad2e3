import { Router } from '../../../local/azure/core/router.ts'
import type { Service } from '../../../local/azure/core/service.ts'
import { graphService } from '../../../local/azure/graph/service.ts'
import { operationOf } from '../../../local/azure/storage/operations.ts'
import { services } from '../conversation.ts'
import type { Recorded } from './read-recording.ts'

/** Which operation of the simulated Azure a recorded request asks for, and its path without anybody's names. */
export function operationOfRecorded(recorded: Recorded): { operation: string; path: string } | undefined {
  const { method, url } = recorded
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
  if (/\.blob\.core\.windows\.net$|\.blob\.storage\.azure\.net$/.test(url.host)) return ofStorage(recorded, path)
  const name = serviceOf(url.host)
  const router = routers.get(name ?? '')
  const route = router?.match({ method, path })?.route
  return route && { operation: `${String(name)} ${route.operation}`, path: route.path }
}

function serviceOf(host: string): string | undefined {
  if (host === 'management.azure.com') return 'arm'
  if (host === 'graph.microsoft.com') return 'graph'
  if (/\.vault(-int)?\.azure(-int)?\.net$/.test(host)) return 'keyvault'
  return host.endsWith('.communication.azure.com') ? 'email' : undefined
}

function ofStorage(
  { method, url, asked: headers }: Recorded,
  path: string
): { operation: string; path: string } | undefined {
  if (path === '/') return undefined
  const asked = { method, path, query: new Map(url.searchParams), headers }
  const found = operationOf({
    ...asked,
    host: url.host,
    target: path,
    body: Buffer.alloc(0),
    caller: undefined,
    requestId: ''
  })
  if (found === undefined) return undefined
  return { operation: `storage ${found.name}`, path: found.blob === '' ? '/{container}' : '/{container}/{*blob}' }
}

const routers = new Map(
  [...services, graphService].map(({ name, routes }: Service) => [name as string, new Router(routes)])
)
