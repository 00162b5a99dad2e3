import type { HttpRequest } from '@azure/functions'

/**
 * Whether another site's page made a signed-in browser send this: browsers say so in `Sec-Fetch-Site`, which no page
 * can forge. Programs send none.
 */
export function isCrossSite({ method, headers }: HttpRequest): boolean {
  const from = headers.get('sec-fetch-site')
  return method !== 'GET' && from !== null && from !== 'same-origin' && from !== 'none'
}
