import type { Finding } from '../../domain/terms/evidence.ts'
import { expectedDates, type ExpectedDate } from '../../domain/calendar/expected-dates.ts'
import { orchestrators, type PlanPreflightInput, type PlanPreflightOutput } from '../../contracts/orchestrations.ts'
import type { DraftPlan, Plan } from '../../domain/plan/plan.ts'
import type { Deployment } from './deployment.ts'
import { json, sha256 } from './http.ts'
import type { Handler } from './route.ts'
import { outputOf } from './short-run.ts'
import { planned, requestIn } from './start-request.ts'
import type { Orchestrations } from '../durable-client.ts'

/** `POST /api/plans`: the plan, its digest, what to know before approving, and what preflight finds today. Changes nothing. */
export const postPlans =
  (deployment: Deployment): Handler<'createPlan'> =>
  async ({ read, orchestrations }) =>
    json(200, await planAnswer({ orchestrations, ...deployment }, await read()))

export interface Answered {
  /** Absent while the directory lacks somebody of the request, whom `findings` then name: nobody can approve such a plan. */
  readonly digest?: string
  readonly plan: Plan | DraftPlan
  readonly findings: readonly Finding[]
  /** IANA zone in which business days are counted. */
  readonly zone: string
  readonly expected: readonly ExpectedDate[]
}

interface Planning extends Pick<Deployment, 'steps'> {
  readonly orchestrations: Orchestrations
}

/** Plans a request body, or refuses it with every fault. */
export async function planAnswer({ orchestrations, steps }: Planning, body: unknown): Promise<Answered> {
  const { plan } = await planned(steps.planner, requestIn(body))
  const { findings } = await preflight(orchestrations, { plan })
  const now = await steps.present.now()
  const { sla } = plan.deployment
  const known = { plan, findings, zone: sla.zone, expected: expectedDates(now, sla) }
  return plan.digest === undefined ? known : { digest: plan.digest, ...known }
}

/** The triggers have no way to Azure: a short orchestration looks, under an id of its own each time. */
async function preflight(orchestrations: Orchestrations, input: PlanPreflightInput): Promise<PlanPreflightOutput> {
  const at = orchestrators.planPreflight.at(sha256(crypto.randomUUID()).slice(0, 32))
  return outputOf(orchestrations, at, input)
}
