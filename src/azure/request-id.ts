/** Any HTTP answer, as far as its headers go. */
export interface HttpAnswer {
  readonly status?: number
  readonly headers: { get(name: string): string | undefined }
}

/** Azure's own id for an answer: `x-ms-request-id`, on Microsoft Graph `request-id`; empty when it gave none. */
export function requestIdOf(answer: HttpAnswer): string {
  return answer.headers.get('x-ms-request-id') ?? answer.headers.get('request-id') ?? ''
}
