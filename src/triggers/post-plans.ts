import type { Finding } from '../domain/evidence.ts'
import type { PlanPreflightInput } from '../domain/onboarding.ts'
import type { Plan } from '../domain/plan.ts'
import { noticesOf, type BackupHabits } from '../domain/plan-warnings.ts'
import type { Notice } from '../domain/requirement-table.ts'
import { instanceIds, orchestrators } from '../names.ts'
import { json, readJson, route, sha256 } from './http.ts'
import { outputOf } from './short-run.ts'
import { planned } from './start-request.ts'
import type { Orchestrations } from './durable-client.ts'

/** `POST /api/plans`: the plan, its digest, what to know before approving, and what preflight finds today. Changes nothing. */
export const postPlans = (habits: BackupHabits) => route(async ({ request, orchestrations }) =>
  json(200, await planAnswer({ orchestrations, habits }, await readJson(request))))

export interface Answered {
  readonly digest: string
  readonly plan: Plan
  readonly notices: readonly Notice[]
  readonly findings: readonly Finding[]
}

interface Planning {
  readonly orchestrations: Orchestrations
  readonly habits: BackupHabits
}

/** Plans a request body, or refuses it with every fault. */
export async function planAnswer({ orchestrations, habits }: Planning, body: unknown): Promise<Answered> {
  const { request, plan } = planned(body)
  const findings = await preflightFindings(orchestrations, { request })
  return { digest: plan.digest, plan, notices: noticesOf(plan, habits), findings }
}

/** The triggers have no way to Azure: a short orchestration looks, under an id of its own each time. */
async function preflightFindings(orchestrations: Orchestrations, input: PlanPreflightInput): Promise<readonly Finding[]> {
  const id = instanceIds.planPreflight(sha256(crypto.randomUUID()).slice(0, 32))
  const output = await outputOf(orchestrations, { name: orchestrators.planPreflight, id, input })
  return (output as { findings: Finding[] }).findings
}
