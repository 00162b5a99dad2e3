import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions'
import { pages, type Page, type PageId, type Pages } from '../../contracts/http/pages.ts'
import type { ParametersOf } from '../../contracts/http/parameters.ts'
import type { Frame } from '../../web/layout.ts'
import { problemPage } from '../../web/problem-page.ts'
import type { Deployment } from '../http/deployment.ts'
import { readBytes, refusalOf, signedIn, visitOf, type Visit } from '../http/http.ts'
import { isStepUp, requireStepUp } from '../http/step-up.ts'
import { paramsOf } from '../http/route.ts'

export interface PageVisit extends Visit {
  readonly frame: Frame
}

/** What makes a page of the table; without an id, one that reads nothing of its path. */
export type PageWork<Id extends PageId = PageId> = (
  visit: PageVisit & { readonly params: ParametersOf<Pages[Id]['path']> }
) => Promise<HttpResponseInit>

/** What answers a page: asks who reads and whether they may, and turns refusals into pages. */
export const pageRoute =
  <Id extends PageId>(
    { banner, tenantId, stepUp }: Pick<Deployment, 'banner' | 'tenantId' | 'stepUp'>,
    id: Id,
    work: PageWork<Id>
  ): HttpHandler =>
  async (request, context) => {
    let reader = 'nobody'
    try {
      reader = signedIn(request, tenantId).actor
      const page: Page = pages[id]
      const visit = visitOf(request, context, { needs: page.role, tenantId })
      requireStepUp(visit, { stepUp, tenantId }, { isNeeded: isStepUp(page) })
      return await work({ ...visit, params: paramsOf(request, pages[id].path), frame: { reader, banner } })
    } catch (error) {
      const { problem } = refusalOf(error)
      return htmlAnswer(problem.status, problemPage({ problem, reader, banner }))
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

/** The fields of a posted form, each once. */
export async function formOf(request: HttpRequest): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams((await readBytes(request)).toString('utf8')))
}
