import type { HttpRequest } from '@azure/functions'
import { refusal } from './http.ts'

/**
 * Refuses what another site's page makes a signed-in browser send: browsers say so in `Sec-Fetch-Site`, which no page
 * can forge. Programs send none.
 */
export function refuseCrossSite(request: HttpRequest): void {
  const from = request.headers.get('sec-fetch-site')
  if (request.method === 'GET' || from === null || from === 'same-origin' || from === 'none') return
  throw refusal({
    status: 403, code: 'cross-site', title: 'The request comes from another site',
    detail: 'Nothing was done. Use the page of this app, or a program that signs in itself.'
  })
}
