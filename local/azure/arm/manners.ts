import { AzureError, type Route, type SimulatedResponse } from '../core/service.ts'

/** A route that answers with the headers that Resource Manager puts beside whatever its providers say. */
export const mannered = (route: Route): Route => ({
  ...route,
  handle: async (request, parameters, around) => {
    try {
      return withHeaders(await route.handle(request, parameters, around), route)
    } catch (error) {
      if (!(error instanceof AzureError)) throw error
      throw new AzureError(error.status, error.code, error.message, { ...causeOf(error), ...error.headers })
    }
  }
})

function withHeaders(response: SimulatedResponse, { method, operation }: Route): SimulatedResponse {
  const ofVaults = operation.startsWith('vaults.') && { 'x-ms-keyvault-service-version': '1.5.0.0' }
  return { ...response, headers: { ...remaining(method), ...ofVaults, ...causeOf(response), ...response.headers } }
}

/** What is left of what a caller may ask: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
function remaining(method: string): Readonly<Record<string, string>> {
  if (method === 'DELETE') return { 'x-ms-ratelimit-remaining-subscription-deletes': '199' }
  if (['GET', 'HEAD'].includes(method)) return { 'x-ms-ratelimit-remaining-subscription-reads': '249' }
  return { 'x-ms-ratelimit-remaining-subscription-writes': '199' }
}

/** Recorded of what is absent or forbidden; see `test/contract/recordings`. */
const causeOf = ({ status }: Pick<SimulatedResponse, 'status'>) =>
  [403, 404].includes(status) ? { 'x-ms-failure-cause': 'gateway' } : {}
