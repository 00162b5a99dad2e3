import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions'
import type { Role } from '../../domain/people/roles.ts'
import type { Frame } from '../../web/layout.ts'
import { problemPage } from '../../web/problem-page.ts'
import { actorOf, Refusal, visitOf, type Visit } from '../http/http.ts'

export interface PageVisit extends Visit {
  readonly frame: Frame
}

export type PageWork = (visit: PageVisit) => Promise<HttpResponseInit>

/** Wraps a page: asks who reads, and turns refusals into pages. */
export const pageRoute =
  (banner: string | undefined, work: PageWork, needs: Role = 'Reader') =>
  async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    let reader = 'nobody'
    try {
      reader = actorOf(request)
      return await work({ ...visitOf(request, context, needs), frame: { reader, banner } })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return htmlAnswer(error.problem.status, problemPage({ problem: error.problem, reader, banner }))
    }
  }

export const htmlAnswer = (status: number, body: string): HttpResponseInit => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache', ...safe },
  body
})

/** Nothing but the app's own style and script, no frame around it, no form to elsewhere. */
const safe = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin'
}

/** After a form: the next page by GET, so that a reload sends nothing again. */
export const seeOther = (location: string): HttpResponseInit => ({ status: 303, headers: { location } })

/** Largest form: a request of fifty policies has 20 KB. */
const largestForm = 1_000_000

/** The fields of a posted form, each once. */
export async function formOf(request: HttpRequest): Promise<Record<string, string>> {
  const text = await request.text()
  return text.length > largestForm ? {} : Object.fromEntries(new URLSearchParams(text))
}
