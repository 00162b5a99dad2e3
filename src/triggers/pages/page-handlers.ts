import type { HttpHandler } from '@azure/functions'
import type { PageId } from '../../contracts/http/pages.ts'
import type { Deployment } from '../http/deployment.ts'
import { answerTask } from './answer-task.ts'
import { asset } from './assets.ts'
import { evidence } from './evidence.ts'
import { list } from './list.ts'
import { onboarding } from './onboarding.ts'
import { pageRoute, type PageWork } from './page-route.ts'
import { newRequest, planLookedAt, planRequest } from './plan.ts'
import { runningPlan } from './running-plan.ts'
import { start } from './start.ts'

type Works = { readonly [Id in PageId]: PageWork<Id> }

/** What makes each page. */
const worksOf = (deployment: Deployment): Works => ({
  list: list(deployment),
  newRequest,
  plan: planRequest(deployment),
  lookAtPlan: planLookedAt(deployment),
  start: start(deployment),
  onboarding: onboarding(deployment),
  runningPlan: runningPlan(deployment),
  evidence: evidence(deployment),
  answerTask: answerTask(deployment),
  asset
})

/** What answers each route of the operators' page, by its id. */
export function pageHandler(deployment: Deployment): (id: PageId) => HttpHandler {
  const works = worksOf(deployment)
  const answering = <Id extends PageId>(id: Id): HttpHandler => pageRoute(deployment, id, works[id])
  return answering
}
