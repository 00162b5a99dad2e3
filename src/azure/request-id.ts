/** Any HTTP answer, as far as its headers go. */
export interface HttpAnswer {
  readonly status?: number
  readonly headers: { get(name: string): string | undefined }
  readonly request?: { readonly url: string; readonly method?: string }
}

/** Host and path of what was asked; a segment that names a person (`users/{upn}`) is left out: evidence is kept for years. */
export function pathOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url)
  if (!parsed) return undefined
  const path = `${parsed.host}${parsed.pathname}`.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '')
  return path.replaceAll(/[^/]*(?:@|%40)[^/]*/gi, '…')
}

/** When an answer was given, by the header that Azure's all have: ISO 8601 UTC, whole seconds. Undefined: it does not say. */
export function momentOf({ headers }: HttpAnswer): string | undefined {
  const at = new Date(headers.get('date') ?? '')
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** Azure's own id for an answer: `x-ms-request-id`, on Microsoft Graph `request-id`; empty when it gave none. */
export function requestIdOf(answer: HttpAnswer): string {
  return answer.headers.get('x-ms-request-id') ?? answer.headers.get('request-id') ?? ''
}
