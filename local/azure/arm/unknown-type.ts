import { AzureError, type SimulatedRequest } from '../core/service.ts'

/** What is answered where nobody knows what is asked for. */
export function unknownType({ method, path, query }: Pick<SimulatedRequest, 'method' | 'path' | 'query'>): AzureError {
  const named = /\/providers\/([^/]+)\/([^/]+)/i.exec(path)
  if (named === null) return new AzureError(404, 'NotFound', `There is no operation ${method} ${path}.`)
  return new AzureError(
    404,
    'InvalidResourceType',
    `The resource type '${named[2]}' could not be found in the namespace '${named[1]}' for api version ` +
      `'${query.get('api-version') ?? ''}'.`
  )
}
