import type { HttpRequest, HttpResponseInit } from '@azure/functions'
import { sha256 } from '../../sha256.ts'

/** Seconds a request may be held; a platform's front door ends it after minutes. */
const longestWait = 20
const betweenLooksMs = 1000

/**
 * Answers with an entity tag, and with 304 where the caller has this content already. With `Prefer: wait=N` (RFC 7240)
 * such a caller is held for up to N seconds, at most 20, until the content is another: long polling.
 */
export async function whenChanged(
  request: HttpRequest,
  look: () => Promise<HttpResponseInit>
): Promise<HttpResponseInit> {
  const known = request.headers.get('if-none-match')
  for (let looks = looksWithin(request.headers.get('prefer')); ; looks--) {
    const answer = await look()
    const etag = `"${sha256(typeof answer.body === 'string' ? answer.body : '').slice(0, 32)}"`
    const headers = { etag, 'cache-control': 'private, no-cache' }
    if (etag !== known) return { ...answer, headers: { ...answer.headers, ...headers } }
    if (looks <= 0) return { status: 304, headers }
    await new Promise((resume) => setTimeout(resume, betweenLooksMs))
  }
}

function looksWithin(prefer: string | null): number {
  const seconds = Number(/(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/.exec(prefer ?? '')?.[1] ?? 0)
  return (Math.min(seconds, longestWait) * 1000) / betweenLooksMs
}
