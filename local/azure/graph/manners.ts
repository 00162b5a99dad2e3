import { AzureError, type Route, type SimulatedRequest } from '../core/service.ts'

/** A route that answers with the headers that Graph puts beside every answer; see `test/contract/recordings`. */
export const mannered = (route: Route): Route => ({
  ...route,
  handle: async (request, parameters, around) => {
    try {
      const response = await route.handle(request, parameters, around)
      return { ...response, headers: { ...ofGraph, ...response.headers } }
    } catch (error) {
      if (!(error instanceof AzureError)) throw error
      throw new AzureError(error.status, error.code, error.message, { ...ofGraph, ...error.headers })
    }
  }
})

const ofGraph = {
  'x-ms-ags-diagnostic': '{"ServerInfo":{"DataCenter":"West US 2","Slice":"E","Ring":"4","ScaleUnit":"001"}}',
  'x-ms-resource-unit': '1'
}

/** What Graph shows of a user of whom nothing is selected; the rest must be asked for by name. */
export function byDefault(request: SimulatedRequest, user: object): object {
  if (request.query.get('$select') !== undefined) return user
  const { id, displayName, userPrincipalName, mail }: Readonly<Record<string, unknown>> = { ...user }
  const nothing = { givenName: null, jobTitle: null, mobilePhone: null, officeLocation: null }
  return {
    businessPhones: [],
    displayName,
    ...nothing,
    preferredLanguage: null,
    surname: null,
    mail,
    userPrincipalName,
    id
  }
}
