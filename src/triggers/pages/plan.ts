import type { HttpResponseInit } from '@azure/functions'
import type { Fault } from '../../domain/terms/fault.ts'
import { mailPreview } from '../../domain/mails/mail-preview.ts'
import { planAnswer } from '../../domain/views/documents.ts'
import { planPage } from '../../web/plan-page.ts'
import { exampleRequest, requestPage } from '../../web/request-page.ts'
import { Refusal } from '../http/http.ts'
import type { Deployment } from '../http/deployment.ts'
import { answerOf, lookAtPlan, startPlan, type PlanLook } from '../http/post-plans.ts'
import { orchestrators } from '../../contracts/orchestrations.ts'
import { againSeconds, refuseUnknownRun } from '../http/short-run.ts'
import { waitingPage } from '../../web/waiting-page.ts'
import { parseShallow } from '../http/shallow-json.ts'
import { formOf, htmlAnswer, seeOther, type PageVisit, type PageWork } from './page-route.ts'

/** `GET /api/ui/new`: where a request is written. */
export const newRequest: PageWork<'newRequest'> = async ({ frame }) =>
  htmlAnswer(200, requestPage({ ...frame, request: exampleRequest, faults: [] }))

/** `POST /api/ui/plan`: the plan of the request in the form, or the form with every fault. */
export const planRequest =
  (deployment: Deployment): PageWork<'plan'> =>
  async (visit) => {
    const { request = '' } = await formOf(visit.request)
    return withFaults(visit, request, async () => {
      const run = await startPlan(visit.orchestrations, deployment, parseShallow(request))
      const looked = await lookAtPlan(visit.orchestrations, run)
      return looked ? planned(deployment, visit, looked) : seeOther(`/api/ui/plans/${run}`)
    })
  }

/** `GET /api/ui/plans/{run}`: the same, once Azure has answered; until then a page that looks again by itself. */
export const planLookedAt =
  (deployment: Deployment): PageWork<'lookAtPlan'> =>
  async (visit) => {
    const { run } = visit.params
    await refuseUnknownRun(visit.orchestrations, orchestrators.planPreflight.at(run))
    const looked = await lookAtPlan(visit.orchestrations, run)
    return looked ? planned(deployment, visit, looked) : htmlAnswer(200, waitingPage({ ...visit.frame, againSeconds }))
  }

async function planned(deployment: Deployment, { frame }: PageVisit, looked: PlanLook): Promise<HttpResponseInit> {
  const whole = await answerOf(deployment, looked)
  const mails = mailPreview(whole.plan, frame.banner)
  const answer = planAnswer.parse(whole)
  const request = JSON.stringify(looked.input.request, undefined, 2)
  return htmlAnswer(200, planPage({ ...frame, answer, mails, request }))
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
