import type { Finding } from '../../domain/terms/evidence.ts'
import { expectedDates, type ExpectedDate } from '../../domain/calendar/expected-dates.ts'
import { orchestrators, type PlanPreflightInput, type PlanPreflightOutput } from '../../contracts/orchestrations.ts'
import type { DraftPlan, Plan } from '../../domain/plan/plan.ts'
import type { Deployment } from './deployment.ts'
import { json } from './http.ts'
import type { Handler } from './route.ts'
import { endOf, lookAgain, newRun, refuseUnknownRun, type CompletedRun } from './short-run.ts'
import { planned, refuseBeyondLimits, requestIn } from './start-request.ts'
import type { Orchestrations } from '../durable-client.ts'

/** `POST /api/plans`: the plan, its digest, what to know before approving, and what preflight finds today. Changes nothing. */
export const postPlans =
  (deployment: Deployment): Handler<'createPlan'> =>
  async ({ read, orchestrations }) =>
    planOrWait(orchestrations, deployment, await startPlan(orchestrations, deployment, await read()))

/** `GET /api/plans/{run}`: the same, of a run that took longer than its first answer waited. */
export const getPlan =
  (deployment: Deployment): Handler<'getPlan'> =>
  async ({ params: { run }, orchestrations }) => {
    await refuseUnknownRun(orchestrations, orchestrators.planPreflight.at(run))
    return planOrWait(orchestrations, deployment, run)
  }

async function planOrWait(orchestrations: Orchestrations, deployment: Deployment, run: string) {
  const looked = await lookAtPlan(orchestrations, run)
  return looked ? json(200, await answerOf(deployment, looked)) : lookAgain('createPlan', run)
}

/** The plan of a request body, started on its look at Azure; or a refusal with every fault. */
export async function startPlan(orchestrations: Orchestrations, { steps }: Deployment, body: unknown): Promise<string> {
  const request = requestIn(body)
  await refuseBeyondLimits(steps.planner, request)
  const { plan } = await planned(steps.planner, request)
  const run = newRun()
  await orchestrations.start(orchestrators.planPreflight.at(run), { request, plan })
  return run
}

export type PlanLook = CompletedRun<PlanPreflightInput, PlanPreflightOutput>

/** What Azure was found to be like; undefined while it is still looked at. */
export const lookAtPlan = (orchestrations: Orchestrations, run: string): Promise<PlanLook | undefined> =>
  endOf(orchestrations, orchestrators.planPreflight.at(run))

export interface PlanReply {
  /** Absent while the directory lacks somebody of the request, whom `findings` then name: nobody can approve such a plan. */
  readonly digest?: string
  readonly plan: Plan | DraftPlan
  readonly findings: readonly Finding[]
  /** What nothing stops at. */
  readonly warnings: readonly string[]
  /** IANA zone in which business days are counted. */
  readonly zone: string
  readonly expected: readonly ExpectedDate[]
}

/** The whole answer, of the plan that the look was for. */
export async function answerOf({ steps }: Deployment, { input, output }: PlanLook): Promise<PlanReply> {
  const { plan } = input
  const now = await steps.present.now()
  const { sla } = plan.deployment
  const expected = now === undefined ? [] : expectedDates(now, sla)
  const known = { plan, findings: output.findings, warnings: output.warnings, zone: sla.zone, expected }
  return plan.digest === undefined ? known : { digest: plan.digest, ...known }
}
