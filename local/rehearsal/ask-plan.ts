import { isPlan, type Plan } from '../../src/domain/plan/plan.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { planAnswer } from '../../src/domain/views/documents.ts'
import type { Api } from '../stage/api.ts'

/** The plan of a request as the app makes it, with its digest: a rehearsal makes none itself. */
export async function askPlan(api: Api, actor: string, request: OnboardingRequest): Promise<Plan> {
  const { status, body } = await api.post('plans', actor, request)
  if (status !== 200) throw new Error(`The app refused to plan: ${JSON.stringify(body)}`)
  const { plan, findings } = planAnswer.parse(body)
  const draft = { ...plan, digest: plan.digest }
  if (isPlan(draft)) return draft
  const names = findings.map(({ code, resource }) => `${code} of ${resource}`).join(', ')
  throw new Error(`The plan of ${request.id} has no digest: ${names}. Mend what preflight found and try again.`)
}
