import type { Finding } from '../../domain/terms/evidence.ts'
import { expectedDates, type ExpectedDate } from '../../domain/calendar/expected-dates.ts'
import { orchestrators, type PlanPreflightInput, type PlanPreflightOutput } from '../../contracts/orchestrations.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { noticesOf } from '../../domain/plan/plan-warnings.ts'
import type { Notice } from '../../domain/requirements/requirement-table.ts'
import type { Deployment } from './deployment.ts'
import { json, sha256 } from './http.ts'
import type { Handler } from './route.ts'
import { outputOf } from './short-run.ts'
import { planned } from './start-request.ts'
import type { Orchestrations } from '../durable-client.ts'

/** `POST /api/plans`: the plan, its digest, what to know before approving, and what preflight finds today. Changes nothing. */
export const postPlans =
  (deployment: Deployment): Handler<'createPlan'> =>
  async ({ read, orchestrations }) =>
    json(200, await planAnswer({ orchestrations, ...deployment }, await read()))

export interface Answered {
  readonly digest: string
  readonly plan: Plan
  readonly notices: readonly Notice[]
  readonly findings: readonly Finding[]
  /** IANA zone in which business days are counted. */
  readonly zone: string
  readonly expected: readonly ExpectedDate[]
}

interface Planning extends Pick<Deployment, 'sla' | 'habits' | 'steps'> {
  readonly orchestrations: Orchestrations
}

/** Plans a request body, or refuses it with every fault. */
export async function planAnswer({ orchestrations, sla, habits, steps }: Planning, body: unknown): Promise<Answered> {
  const { request, plan } = planned(body)
  const { findings } = await preflight(orchestrations, { request })
  const now = await steps.present.now()
  const known = { digest: plan.digest, plan, notices: noticesOf(plan, habits) }
  return { ...known, findings, zone: sla.zone, expected: expectedDates(now, sla) }
}

/** The triggers have no way to Azure: a short orchestration looks, under an id of its own each time. */
async function preflight(orchestrations: Orchestrations, input: PlanPreflightInput): Promise<PlanPreflightOutput> {
  const at = orchestrators.planPreflight.at(sha256(crypto.randomUUID()).slice(0, 32))
  return outputOf(orchestrations, at, input)
}
