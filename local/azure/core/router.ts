import { AzureError, type Route, type SimulatedRequest } from './service.ts'

export interface Match {
  readonly route: Route
  readonly parameters: Readonly<Record<string, string>>
}

/** Finds the route of a request among a service's own. Throws 400 for a path that cannot be decoded. */
export class Router {
  readonly #compiled: { route: Route; pattern: RegExp }[]

  constructor(routes: readonly Route[]) {
    this.#compiled = routes.map((route) => ({ route, pattern: compile(route.path) }))
  }

  match(request: Pick<SimulatedRequest, 'method' | 'path'>): Match | undefined {
    for (const { route, pattern } of this.#compiled) {
      if (route.method !== request.method) continue
      const found = pattern.exec(request.path)
      if (found !== null) return { route, parameters: decodeAll(found.groups ?? {}) }
    }
    return undefined
  }
}

/** Refuses what ARM refuses before it looks at anything else. */
export function checkApiVersion(route: Route, request: SimulatedRequest): void {
  if (route.apiVersions === undefined) return
  const version = request.query.get('api-version')
  if (version === undefined || version === '') {
    throw new AzureError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.'
    )
  }
  if (route.apiVersions.includes(version)) return
  const [, provider, type] =
    /\/providers\/(Microsoft\.(?:KeyVault|EventGrid|ManagedServices))\/([^/]+)/i.exec(request.path) ?? []
  // What is not Resource Manager's own is told by the resource provider that is looked for:
  // https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider
  if (provider !== undefined)
    throw new AzureError(
      400,
      'NoRegisteredProviderFound',
      `No registered resource provider found for API version '${version}' for type '${type ?? ''}' in the namespace ` +
        `'${provider}'. The supported api-versions are '${route.apiVersions.join(', ')}'.`
    )
  throw new AzureError(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${route.apiVersions.join(',')}'.`
  )
}

function compile(path: string): RegExp {
  const source = path
    .split(/(\{\*?\w+\})/)
    .map((part) => {
      const parameter = /^\{(\*?)(\w+)\}$/.exec(part)
      if (parameter === null) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      return parameter[1] === '*' ? `(?<${parameter[2]}>.+?)` : `(?<${parameter[2]}>[^/]+?)`
    })
    .join('')
  return new RegExp(`^${source}$`, 'i')
}

function decodeAll(groups: Record<string, string | undefined>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value ?? '')]))
  } catch {
    throw new AzureError(400, 'BadRequest', 'The request path holds an escape sequence that cannot be decoded.')
  }
}
