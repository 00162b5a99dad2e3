import { Unplannable, type PlanResult, type Planner } from '../../contracts/planner.ts'
import { parseRequest, type OnboardingRequest } from '../../domain/request/request.ts'
import { refusal } from './http.ts'

/** A valid request, or a 422 that lists every fault with its path. */
export function requestIn(body: unknown): OnboardingRequest {
  const parsed = parseRequest(body)
  if (parsed.ok) return parsed.request
  throw refusal({
    code: 'faulty-request',
    title: 'The request has faults',
    detail: 'Nothing was started. Mend every fault listed and send it again.',
    faults: parsed.faults
  })
}

/** Nothing is planned, approved or made that the tenant may not have (R30): what is there is named. */
export async function refuseBeyondLimits(planner: Planner, request: OnboardingRequest): Promise<void> {
  const faults = await planner.beyondLimits(request)
  if (faults.length === 0) return
  throw refusal({
    code: 'beyond-limits',
    title: 'The tenant has these policies already',
    detail: 'Nothing was started. Mend every fault listed and send it again.',
    faults
  })
}

/** The plan of a request as things stand now, or a 503 where the directory does not say who is who. */
export async function planned(planner: Planner, request: OnboardingRequest): Promise<PlanResult> {
  try {
    return await planner.plan(request)
  } catch (error) {
    if (!(error instanceof Unplannable)) throw error
    throw refusal({
      code: 'directory-silent',
      title: 'The directory does not say who is who',
      detail: `Nothing was started. ${error.message} Try again in a minute.`
    })
  }
}
