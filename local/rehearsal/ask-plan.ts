import { z } from 'zod'
import { isPlan, plan, type Plan } from '../../src/domain/plan/plan.ts'
import type { OnboardingRequest } from '../../src/domain/request/request.ts'
import { planAnswer } from '../../src/domain/views/documents.ts'
import type { Api } from '../stage/api.ts'
import type { Stage } from './stage.ts'

/** The plan of a request as the app makes it, with its digest: a rehearsal makes none itself. */
export async function askPlan(api: Api, actor: string, request: OnboardingRequest): Promise<Plan> {
  const { status, body } = await api.post('plans', actor, request)
  if (status !== 200) throw new Error(`The app refused to plan: ${JSON.stringify(body)}`)
  const { plan: made, findings } = planAnswer.parse(body)
  const draft = { ...made, digest: made.digest }
  if (isPlan(draft)) return draft
  const names = findings.map(({ code, resource }) => `${code} of ${resource}`).join(', ')
  throw new Error(`The plan of ${request.id} has no digest: ${names}. Mend what preflight found and try again.`)
}

/**
 * The plan of an onboarding that has begun: the one that people approve of, which today's app might make otherwise. Undefined
 * where none has begun.
 */
export async function keptPlan({ api, azure }: Pick<Stage, 'api' | 'azure'>, id: string): Promise<Plan | undefined> {
  if ((await api.get(`onboardings/${id}`)).status !== 200) return undefined
  const bytes = await azure.readBlob(azure.seed.storage.records.name, 'records', `${id}/plan.json`)
  return bytes && z.object({ plan }).parse(JSON.parse(bytes.toString())).plan
}
