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

/** What `$select` leaves of it. */
export function chosen(request: SimulatedRequest, whole: object): object {
  const select = request.query.get('$select')
  if (select === undefined) return whole
  const names = new Set(select.split(',').map((name) => name.trim()))
  return Object.fromEntries(Object.entries(whole).filter(([name]) => names.has(name)))
}
