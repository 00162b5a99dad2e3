import type { HttpResponseInit } from '@azure/functions'
import type { Fault } from '../../domain/terms/fault.ts'
import { mailPreview } from '../../domain/mails/mail-preview.ts'
import { planPage } from '../../web/plan-page.ts'
import { exampleRequest, requestPage } from '../../web/request-page.ts'
import { Refusal } from '../http/http.ts'
import type { Deployment } from '../http/deployment.ts'
import { planAnswer } from '../http/post-plans.ts'
import { parseShallow } from '../http/shallow-json.ts'
import { formOf, htmlAnswer, type PageVisit, type PageWork } from './page-route.ts'

/** `GET /api/ui/new`: where a request is written. */
export const newRequest: PageWork<'newRequest'> = async ({ frame }) =>
  htmlAnswer(200, requestPage({ ...frame, request: exampleRequest, faults: [] }))

/** `POST /api/ui/plan`: the plan of the request in the form, or the form with every fault. */
export const planRequest =
  (deployment: Deployment): PageWork<'plan'> =>
  async (visit) => {
    const { request = '' } = await formOf(visit.request)
    return withFaults(visit, request, async () => {
      const answer = await planAnswer({ ...visit, ...deployment }, parseShallow(request))
      const mails = mailPreview(answer.plan, visit.frame.banner)
      const { planAnswer: schema } = await import('../../domain/views/documents.ts') // no start of the app needs it
      return htmlAnswer(200, planPage({ ...visit.frame, answer: schema.parse(answer), mails, request }))
    })
  }

/** A request that cannot be used comes back in its form, with what is wrong with it. */
export async function withFaults(
  { frame }: PageVisit,
  request: string,
  work: () => Promise<HttpResponseInit>
): Promise<HttpResponseInit> {
  try {
    return await work()
  } catch (error) {
    const faults = faultsIn(error)
    if (!faults) throw error
    return htmlAnswer(422, requestPage({ ...frame, request, faults }))
  }
}

function faultsIn(error: unknown): readonly Fault[] | undefined {
  if (error instanceof SyntaxError) return [{ path: '', message: `This is not JSON: ${error.message}. Correct it.` }]
  return error instanceof Refusal && error.problem.status === 422 ? (error.problem.faults ?? []) : undefined
}
