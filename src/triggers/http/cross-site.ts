import type { HttpRequest } from '@azure/functions'

/**
 * Whether another site's page made a signed-in browser send this: browsers say so in `Sec-Fetch-Site`, old ones in
 * `Origin` alone; no page can forge either. Programs send none.
 */
export function isCrossSite({ method, url, headers }: HttpRequest): boolean {
  if (method === 'GET') return false
  const from = headers.get('sec-fetch-site')
  if (from !== null) return from !== 'same-origin' && from !== 'none'
  const origin = headers.get('origin')
  return origin !== null && hostOf(origin) !== hostOf(url)
}

/** Whether a browser fetched it for another site's page, as a picture or a frame perhaps, and nobody got to see it. */
export function isUnseen({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  const from = headers.get('sec-fetch-site')
  if (from === null || from === 'same-origin' || from === 'none') return false
  return headers.get('sec-fetch-dest') !== 'document' // where a link led to
}

/** Undefined for `null`, which a sandboxed page sends. */
const hostOf = (address: string): string | undefined => URL.parse(address)?.host
