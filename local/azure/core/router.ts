import { AzureError, type RefuseVersion, type Route, type SimulatedRequest } from './service.ts'

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

/** Refuses a version that the route does not have, in the words of the service. */
export function checkApiVersion(route: Route, request: SimulatedRequest, refuse: RefuseVersion): void {
  if (route.apiVersions === undefined) return
  const version = request.query.get('api-version') ?? ''
  if (!route.apiVersions.includes(version)) throw refuse(version, route.apiVersions, request)
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
