import { buildPlan } from '../../domain/plan/build-plan.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { parseRequest, type OnboardingRequest } from '../../domain/request/request.ts'
import { refusal, sha256 } from './http.ts'

export interface Planned {
  readonly request: OnboardingRequest
  readonly plan: Plan
}

/** A valid request and its plan, or a 422 that lists every fault with its path. */
export function planned(body: unknown): Planned {
  const parsed = parseRequest(body)
  if (!parsed.ok) {
    throw refusal({
      code: 'faulty-request',
      title: 'The request has faults',
      detail: 'Nothing was started. Mend every fault listed and send it again.',
      faults: parsed.faults
    })
  }
  return { request: parsed.request, plan: buildPlan(parsed.request, sha256) }
}
