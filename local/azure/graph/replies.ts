import { AzureError, type SimulatedRequest, type SimulatedResponse } from '../core/service.ts'

export const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata#'

export function list(set: string, value: readonly object[]): SimulatedResponse {
  return { status: 200, json: { '@odata.context': `${CONTEXT}${set}`, value } }
}

export function one(
  request: SimulatedRequest,
  set: string,
  found: object | undefined,
  asked: string
): SimulatedResponse {
  if (found !== undefined) {
    return { status: 200, json: { '@odata.context': `${CONTEXT}${set}/$entity`, ...chosen(request, found) } }
  }
  throw new AzureError(
    404,
    'Request_ResourceNotFound',
    `Resource '${asked}' does not exist or one of its queried reference-property objects are not present.`
  )
}

/** Properties that not every one has which is played here: https://learn.microsoft.com/graph/api/resources/user and its neighbours. */
const selectable: ReadonlySet<string> = new Set([
  ...['id', 'displayName', 'userPrincipalName', 'mail', 'accountEnabled', 'proxyAddresses', 'userType'],
  ...['appId', 'appRoles', 'verifiedDomains', 'securityEnabled', 'isVerified', 'isDefault', 'isInitial']
])

/** What `$select` leaves of it. */
export function chosen(request: SimulatedRequest, whole: object): object {
  const select = request.query.get('$select')
  if (select === undefined) return whole
  const names = new Set(select.split(',').map((name) => name.trim()))
  const unknown = [...names].find((name) => !(name in whole) && !selectable.has(name))
  if (unknown !== undefined)
    throw new AzureError(
      400,
      'BadRequest',
      `Could not find a property named '${unknown}' on the type that was asked for.`
    )
  return Object.fromEntries(Object.entries(whole).filter(([name]) => names.has(name)))
}
